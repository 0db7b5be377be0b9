"""Our credentials before a public library that has nothing in common with ours: @digitalbazaar/vc on Node."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.utils import timezone

from zhunsheng.foundation.credentials.documents import vocabulary
from zhunsheng.platform.credentials import issuer, services
from zhunsheng.platform.credentials.lifecycle import Status
from zhunsheng.platform.credentials.models import StatusList
from zhunsheng.platform.credentials.services import set_status

from .factories import make_credential

FRONTEND = Path(__file__).resolve().parents[5] / "frontend"
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def node():
    """Return Node where it and the library are there; both come with the assets (`make setup`)."""
    found = shutil.which("node") or shutil.which("node", path=str(FRONTEND.parent / ".venv" / "bin"))
    there = (FRONTEND / "node_modules" / "@digitalbazaar" / "eddsa-jcs-2022-cryptosuite").is_dir()
    if found is None or not there:
        if os.environ.get("CI") == "true":
            pytest.fail("Node or @digitalbazaar/vc is missing: `make setup` installs them")
        pytest.skip("Node or @digitalbazaar/vc isn't installed")
    return found


def verified(node, document):
    """Ask the library; for the lists it takes the clock of the machine."""
    now = timezone.now()
    services.publish_lists(at=now)
    rows = [json.loads(bytes(each)) for one in StatusList.objects.all() for each in (one.revocation, one.suspension)]
    asked = {
        "credential": document,
        "issuer": issuer.document(),
        "lists": {row["id"]: row for row in rows},
        "contexts": {issuer.context_address(): vocabulary(issuer.context_address())},
        "now": now.isoformat(),
    }
    words = [node, str(FRONTEND / "checks" / "credential.mjs")]
    out = subprocess.run(words, input=json.dumps(asked), capture_output=True, text=True, check=False, timeout=120)
    assert out.returncode == 0, out.stderr
    return json.loads(out.stdout)


def test_a_public_library_verifies_proof_dates_and_status(node):
    credential = make_credential()
    document = json.loads(bytes(credential.vc))

    assert verified(node, document) == {"verified": True, "status": True, "raised": [], "errors": []}
    assert not verified(node, {**document, "holder": "某某检测"})["verified"]
    set_status(credential_id=credential.pk, status=Status.REVOKED, why="撤销", by=None, at=timezone.now())
    assert verified(node, document)["raised"] == ["revocation"]
