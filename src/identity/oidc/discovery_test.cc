#include "identity/oidc/discovery.h"

#include <gtest/gtest.h>

namespace weir::identity::oidc {
namespace {

constexpr std::string_view kIssuer = "https://keycloak.example.com/realms/lake";

std::string document(std::string_view issuer, std::string_view keys) {
  return R"({"issuer":")" + std::string(issuer) + R"(","jwks_uri":")" + std::string(keys) + R"("})";
}

bool reads(const std::string& text) { return read_endpoints(text, kIssuer, Transport::https_only).ok(); }

TEST(Issuer, IsAPlainHttpsAddress) {
  for (auto url : {"https://a", "https://a.b/c/d", "https://a:8443/c", "https://accounts.google.com"})
    EXPECT_TRUE(check_issuer(url, Transport::https_only).ok()) << url;
  for (auto url : {"http://a", "HTTPS://a", "https://", "https:///a", "https://u@a", "https://a?b", "https://a#b", "a",
                   "https://a\\b", "https://a b", "https://[::1]/", "https://a:b", "https://a:", "https://a:1:2",
                   "https://.a", "file:///etc/passwd", "https://a\n", "", "https://\xC3\xA9"})
    EXPECT_FALSE(check_issuer(url, Transport::https_only).ok()) << url;
  EXPECT_FALSE(check_issuer("https://a/" + std::string(250, 'x'), Transport::https_only).ok());
}

TEST(Issuer, HttpIsForWhoAsksForIt) {
  EXPECT_TRUE(check_issuer("http://localhost:8080/realms/x", Transport::http_too).ok());
  EXPECT_FALSE(check_issuer("ftp://localhost", Transport::http_too).ok());
}

TEST(Issuer, ItsNameIsItsAddressWithoutScheme) {
  EXPECT_EQ(provider_name(kIssuer), "keycloak.example.com/realms/lake");
  EXPECT_EQ(provider_name("keycloak.example.com"), "");
  EXPECT_EQ(discovery_url(kIssuer), std::string(kIssuer) + "/.well-known/openid-configuration");
  EXPECT_EQ(discovery_url("https://a/"), "https://a/.well-known/openid-configuration");
}

TEST(Discovery, ADescriptionCountsOnlyForTheIssuerItNames) {
  EXPECT_TRUE(reads(document(kIssuer, "https://keycloak.example.com/certs")));
  EXPECT_TRUE(reads(document(kIssuer, "https://elsewhere.example.com/certs?p=x")));
  EXPECT_FALSE(reads(document(std::string(kIssuer) + "/", "https://keycloak.example.com/certs")));
  EXPECT_FALSE(reads(document("https://evil.example.com", "https://keycloak.example.com/certs")));
  EXPECT_FALSE(reads(R"({"jwks_uri":"https://a/certs"})"));
}

TEST(Discovery, TheKeysAreAtAPlainHttpsAddress) {
  for (auto uri : {"http://a/certs", "file:///etc/passwd", "https://u:p@a/certs", "//a/certs", "",
                   "https://a/\\r\\nHost: b", "gopher://a"})
    EXPECT_FALSE(reads(document(kIssuer, uri))) << uri;
}

TEST(Discovery, TwoReadersReadOneDescription) {
  EXPECT_FALSE(reads(R"({"issuer":"https://keycloak.example.com/realms/lake","jwks_uri":"https://a/1",)"
                     R"("jwks_uri":"https://a/2"})"));
  EXPECT_FALSE(reads("[]"));
  EXPECT_FALSE(reads(document(kIssuer, "https://a/b") + std::string(kDiscoveryBytesMax, ' ')));
}

TEST(Discovery, SignsPeopleInAtPlainHttpsAddressesOnly) {
  auto endpoints = [](std::string_view authorization, std::string_view more = "") {
    return read_endpoints(R"({"issuer":"https://a","jwks_uri":"https://a/k","token_endpoint":"https://a/t",)" +
                              std::string(more) + R"("authorization_endpoint":")" + std::string(authorization) + "\"}",
                          "https://a", Transport::https_only);
  };
  EXPECT_EQ(endpoints("https://a/auth?x=y")->authorization, "https://a/auth?x=y");
  for (auto url : {"http://a/auth", "javascript:alert(1)", "https://u@a/auth", "https://a/auth#x", "//a", ""})
    EXPECT_EQ(endpoints(url)->authorization, "") << url;
  EXPECT_FALSE(endpoints("https://a")->secret_in_body);
  EXPECT_TRUE(
      endpoints("https://a", R"("token_endpoint_auth_methods_supported":["client_secret_post"],)")->secret_in_body);
}

}  // namespace
}  // namespace weir::identity::oidc
