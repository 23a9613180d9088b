"""A real identity provider for the tests: Keycloak, installed by `install` beside this file."""
