"""One holder of a named lock at a time, and none after a death."""

import multiprocessing
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from zhunsheng.platform.database.locks import LockBusy, exclusive

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.ZHUNSHENG_HOME = tmp_path


def hold_in_thread(name: str, held: Event, release: Event) -> Thread:
    def hold() -> None:
        try:
            with exclusive(name):
                held.set()
                release.wait(20)
        finally:
            connection.close()

    thread = Thread(target=hold)
    thread.start()
    assert held.wait(20)
    return thread


def test_a_second_holder_waits_in_vain_then_succeeds_after_release():
    release = Event()
    thread = hold_in_thread("sealing", Event(), release)

    with pytest.raises(LockBusy), exclusive("sealing", wait_seconds=0.1):
        pass
    with exclusive("another", wait_seconds=0):
        pass
    release.set()
    thread.join()
    with exclusive("sealing", wait_seconds=0):
        pass


def test_an_error_in_the_block_frees_the_lock():
    with pytest.raises(ZeroDivisionError), exclusive("sealing"):
        raise ZeroDivisionError

    with exclusive("sealing", wait_seconds=0):
        pass


def test_a_lock_taken_inside_a_transaction_is_free_after_it():
    with transaction.atomic(), exclusive("sealing"):
        pass
    release = Event()
    thread = hold_in_thread("sealing", Event(), release)
    release.set()
    thread.join()


def test_a_killed_process_leaves_no_lock():
    connection.close()
    context = multiprocessing.get_context("fork")
    held = context.Event()

    def hold() -> None:
        with exclusive("sealing"):
            held.set()
            Event().wait(30)

    process = context.Process(target=hold)
    process.start()
    assert held.wait(20)
    process.kill()
    process.join()

    with exclusive("sealing", wait_seconds=5):
        pass


@pytest.mark.parametrize("name", ["", "../escape", ".hidden", "a b"])
def test_a_name_that_could_leave_the_folder_is_refused(name):
    with pytest.raises(ValueError, match="not a lock name"), exclusive(name):
        pass
