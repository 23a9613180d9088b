#include "cli/account_map.h"

#include <gtest/gtest.h>

namespace weir::cli {
namespace {

using base::Json;

std::string mapped(const char* item) {
  auto map = AccountMap::parse("111122223333=444455556666");
  auto json = base::parse_json(item);
  return map && json ? map->item(*json).dump() : "unreadable";
}

}  // namespace

TEST(AccountMap, TakesTwoAccountIdsOrNothing) {
  EXPECT_TRUE(AccountMap::parse("").ok());
  for (auto* text : {"111122223333", "=", "111122223333=", "a=b", "111122223333=4444555566667", "1=2=3"})
    EXPECT_FALSE(AccountMap::parse(text).ok()) << text;
}

TEST(AccountMap, CatalogsPrincipalsAndRolesAreMapped) {
  EXPECT_EQ(mapped(R"({"CatalogId":"111122223333","TableCatalogId":"111122223333:nested"})"),
            R"({"CatalogId":"444455556666","TableCatalogId":"444455556666:nested"})");
  EXPECT_EQ(mapped(R"({"Principal":{"DataLakePrincipalIdentifier":"arn:aws:iam::111122223333:role/a/b"}})"),
            R"({"Principal":{"DataLakePrincipalIdentifier":"arn:aws:iam::444455556666:role/a/b"}})");
  EXPECT_EQ(mapped(R"({"DataLakePrincipalIdentifier":"111122223333:IAMPrincipals"})"),
            R"({"DataLakePrincipalIdentifier":"444455556666:IAMPrincipals"})");
  EXPECT_EQ(mapped(R"({"TrustedResourceOwners":["111122223333","999988887777"]})"),
            R"({"TrustedResourceOwners":["444455556666","999988887777"]})");
}

TEST(AccountMap, OtherAccountsStay) {
  auto* item = R"({"DataLakePrincipalIdentifier":"arn:aws:iam::999988887777:role/111122223333"})";
  EXPECT_EQ(mapped(item), item);
}

TEST(AccountMap, WhatPeopleWroteStays) {
  auto* item =
      R"({"Name":"111122223333","Description":"111122223333","Parameters":{"CatalogId":"111122223333"},)"
      R"("Tags":{"RoleArn":"arn:aws:iam::111122223333:role/r"},"RowFilter":{"FilterExpression":"a = 111122223333"}})";
  EXPECT_EQ(mapped(item), item);
}

TEST(AccountMap, PolicyDocumentsAreMappedInTheirArnsAndPrincipals) {
  EXPECT_EQ(
      mapped(R"({"PolicyDocument":"{\"AWS\": \"111122223333\", \"Resource\": \"arn:aws:glue:r:111122223333:t/x\"}"})"),
      R"({"PolicyDocument":"{\"AWS\": \"444455556666\", \"Resource\": \"arn:aws:glue:r:444455556666:t/x\"}"})");
}

TEST(AccountMap, PlacesInS3HaveNoAccount) {
  auto* item = R"({"ResourceArn":"arn:aws:s3:::111122223333/data"})";
  EXPECT_EQ(mapped(item), item);
}

}  // namespace weir::cli
