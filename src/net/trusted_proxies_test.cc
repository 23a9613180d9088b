#include "net/trusted_proxies.h"

#include <gtest/gtest.h>

namespace weir::net {
namespace {

std::string client(const std::vector<std::string>& proxies, const std::string& peer,
                   const std::vector<std::string>& forwarded) {
  RequestHead head;
  head.peer = peer;
  for (const auto& value : forwarded) head.headers.add("X-Forwarded-For", value);
  return TrustedProxies::parse(proxies)->client_of(head);
}

TEST(TrustedProxies, NobodyIsBelievedUnlessTheOperatorSaysSo) {
  EXPECT_EQ(client({}, "10.0.0.1", {"203.0.113.9"}), "10.0.0.1");
  EXPECT_EQ(client({"10.0.0.0/8"}, "192.0.2.1", {"203.0.113.9"}), "192.0.2.1");
}

TEST(TrustedProxies, TheClientIsWhomTheFirstTrustedProxySaw) {
  EXPECT_EQ(client({"10.0.0.0/8"}, "10.0.0.1", {"203.0.113.9"}), "203.0.113.9");
  EXPECT_EQ(client({"10.0.0.0/8"}, "10.0.0.1", {"203.0.113.9, 10.0.0.2"}), "203.0.113.9");
  EXPECT_EQ(client({"10.0.0.1"}, "10.0.0.1", {"203.0.113.9, 10.0.0.2"}), "10.0.0.2");
  EXPECT_EQ(client({"2001:db8::/32"}, "2001:db8::1", {"2001:dead::7"}), "2001:dead::7");
  EXPECT_EQ(client({"10.0.0.0/8"}, "::ffff:10.0.0.1", {"203.0.113.9"}), "203.0.113.9");
}

TEST(TrustedProxies, WhatAClientWroteItselfIsNotBelieved) {
  EXPECT_EQ(client({"10.0.0.0/8"}, "10.0.0.1", {"127.0.0.1, 203.0.113.9"}), "203.0.113.9");
  EXPECT_EQ(client({"10.0.0.0/8"}, "10.0.0.1", {"127.0.0.1", "203.0.113.9"}), "203.0.113.9");
}

TEST(TrustedProxies, AHeaderThatCannotBeReadEndsWhereItCannot) {
  EXPECT_EQ(client({"10.0.0.0/8"}, "10.0.0.1", {"unknown"}), "10.0.0.1");
  EXPECT_EQ(client({"10.0.0.0/8"}, "10.0.0.1", {"203.0.113.9, x, 10.0.0.2"}), "10.0.0.2");
  EXPECT_EQ(client({"10.0.0.0/8"}, "10.0.0.1", {"10.0.0.3"}), "10.0.0.3");
  EXPECT_EQ(client({"10.0.0.0/8"}, "10.0.0.1", {}), "10.0.0.1");
}

TEST(TrustedProxies, ANetworkIsAnAddressWithOrWithoutItsLength) {
  for (auto text : {"10.0.0.0/33", "ten", "", "10.0.0.0/", "2001:db8::/129"})
    EXPECT_FALSE(TrustedProxies::parse({text}).ok()) << text;
}

}  // namespace
}  // namespace weir::net
