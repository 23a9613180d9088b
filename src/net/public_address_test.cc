#include "net/public_address.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

namespace weir::net {
namespace {

bool is_public(const char* text) {
  sockaddr_storage storage{};
  auto& v4 = reinterpret_cast<sockaddr_in&>(storage);
  auto& v6 = reinterpret_cast<sockaddr_in6&>(storage);
  if (inet_pton(AF_INET, text, &v4.sin_addr) == 1) {
    storage.ss_family = AF_INET;
  } else {
    EXPECT_EQ(inet_pton(AF_INET6, text, &v6.sin6_addr), 1) << text;
    storage.ss_family = AF_INET6;
  }
  return is_public_address(reinterpret_cast<sockaddr&>(storage));
}

TEST(PublicAddress, TheInternetIsPublic) {
  for (auto* text : {"8.8.8.8", "140.82.121.3", "172.15.255.255", "172.32.0.0", "100.63.255.255", "100.128.0.0",
                     "126.255.255.255", "128.0.0.1", "223.255.255.255", "2606:4700::1111", "2a00:1450:4001::1",
                     "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1"})
    EXPECT_TRUE(is_public(text)) << text;
}

TEST(PublicAddress, OurOwnMachineAndNetworkAreNot) {
  for (auto* text : {"127.0.0.1", "127.255.255.255", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255",
                     "192.168.1.1", "169.254.169.254", "100.64.0.1", "::1", "::", "fe80::1", "fc00::1", "fd12::1"})
    EXPECT_FALSE(is_public(text)) << text;
}

TEST(PublicAddress, PrivateAddressesInsideOtherFormsAreNot) {
  for (auto* text : {"::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::10.0.0.1", "2002:7f00:1::1",
                     "2002:a00:1::", "::127.0.0.1", "2001:0:7f00:1::"})
    EXPECT_FALSE(is_public(text)) << text;
}

TEST(PublicAddress, WhatIsForManyOrForNobodyIsNot) {
  for (auto* text : {"224.0.0.1", "239.1.2.3", "255.255.255.255", "240.0.0.1", "192.0.2.1", "198.51.100.7",
                     "203.0.113.9", "198.18.0.1", "ff02::1", "2001:db8::1", "3fff::1"})
    EXPECT_FALSE(is_public(text)) << text;
}

TEST(PublicAddress, OtherFamiliesAreNot) {
  sockaddr address{};
  address.sa_family = AF_UNIX;
  EXPECT_FALSE(is_public_address(address));
}

}  // namespace
}  // namespace weir::net
