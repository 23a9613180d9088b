"""Weir's own service for tests: a boto3 client made from the model in this repository, and words for its answers."""

import json
from pathlib import Path

import boto3
from botocore.config import Config

from conftest import REGION, Clients

MODELS = Path(__file__).resolve().parents[1] / "models"


def weir_client(clients: Clients):
    """A signed client of the service `weir` with the keys of `clients`."""
    keys = clients.credentials
    session = boto3.Session(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"], region_name=REGION)
    session._session.get_component("data_loader").search_paths.append(str(MODELS))
    return session.client("weir", endpoint_url=clients._endpoint, config=Config(retries={"max_attempts": 1}))


def dry_run(clients: Clients, service: str, operation: str, **request) -> dict:
    return weir_client(clients).dry_run(Service=service, Operation=operation, Input=json.dumps(request))


def changes_of(answer: dict, principal: str) -> tuple[list[dict], list[dict]]:
    """The gains and the losses of one principal."""
    return tuple([row for row in answer[side] if row["Principal"] == principal] for side in ("Gains", "Losses"))


def on_resource(rows: list[dict], resource: str) -> dict:
    """The one row about that resource."""
    found = [row for row in rows if row["Resource"] == resource]
    assert len(found) == 1, rows
    return found[0]
