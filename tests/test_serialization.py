"""The JSON of the contract, there and back."""

from __future__ import annotations

import json

from dashboard.snapshot import load_snapshot
from geo.serialization import claim_from, claim_json
from geo.store import Store


def test_claims_survive_the_store_to_the_letter(seeds_url: str, extractor: object) -> None:
    snapshot = load_snapshot(Store(seeds_url))
    claims = [c for s in snapshot.records for c in s.claims]
    assert len(claims) == 6
    for claim in claims:
        again = claim_from(json.loads(json.dumps(claim_json(claim))), claim.report_id)
        assert again == claim
