"""What a test asks for: `keycloak`, one server per session, started when the first test wants it."""

import pytest

from .keycloak import Keycloak
from .server import Process


@pytest.fixture(scope="session")
def keycloak(tmp_path_factory):
    process = Process(tmp_path_factory.mktemp("keycloak")).start()
    yield Keycloak(process)
    process.stop()
