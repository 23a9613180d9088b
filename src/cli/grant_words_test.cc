#include "cli/grant_words.h"

#include <gtest/gtest.h>

namespace weir::cli {
namespace {

std::string read(std::string_view text, std::string_view on = "tables") {
  auto resource = resource_of(text, on, "111122223333");
  return resource ? resource->dump() : "refused: " + resource.error().says;
}

TEST(GrantWords, NameWhatLakeFormationCanGrantOn) {
  EXPECT_EQ(read("*"), R"({"Catalog":{}})");
  EXPECT_EQ(read("sales"), R"({"Database":{"Name":"sales"}})");
  EXPECT_EQ(read("sales.*"), R"({"Table":{"DatabaseName":"sales","TableWildcard":{}}})");
  EXPECT_EQ(read(" sales.orders "), R"({"Table":{"DatabaseName":"sales","Name":"orders"}})");
  EXPECT_EQ(read("s3://b/p"), R"({"DataLocation":{"ResourceArn":"arn:aws:s3:::b/p"}})");
  EXPECT_EQ(
      read("sales.orders[eu]"),
      R"({"DataCellsFilter":{"TableCatalogId":"111122223333","DatabaseName":"sales","TableName":"orders","Name":"eu"}})");
}

TEST(GrantWords, ColumnsAreAListOrAllButAList) {
  EXPECT_EQ(read("s.o(id, amount)"),
            R"({"TableWithColumns":{"DatabaseName":"s","Name":"o","ColumnNames":["id","amount"]}})");
  EXPECT_EQ(
      read("s.o(* - ssn,name)"),
      R"({"TableWithColumns":{"DatabaseName":"s","Name":"o","ColumnWildcard":{"ExcludedColumnNames":["ssn","name"]}}})");
  EXPECT_EQ(read("s.o(*)"), R"({"TableWithColumns":{"DatabaseName":"s","Name":"o","ColumnWildcard":{}}})");
}

TEST(GrantWords, TagsAreTermsWithValues) {
  EXPECT_EQ(
      read("area=eu,us and pii=no"),
      R"({"LFTagPolicy":{"ResourceType":"TABLE","Expression":[{"TagKey":"area","TagValues":["eu","us"]},{"TagKey":"pii","TagValues":["no"]}]}})");
  EXPECT_EQ(read("a=b", "databases"),
            R"({"LFTagPolicy":{"ResourceType":"DATABASE","Expression":[{"TagKey":"a","TagValues":["b"]}]}})");
}

// A slip must not become a wider grant.
TEST(GrantWords, WhatIsCutOffOrEmptyIsRefused) {
  for (const char* text : {"", " ", ".orders", "sales.", "s.o(", "s.o(id", "s.o()", "s.o(* ssn)", "s.o(* -)", "s.o[]",
                           "s.o[eu", "s.o(id]", "a=", "=b", "a=b AND ", "a=b AND c", "s.(id)"})
    EXPECT_TRUE(read(text).starts_with("refused")) << text << " -> " << read(text);
}

TEST(GrantWords, MakeARequest) {
  GrantWords words;
  words.principal = "arn:aws:iam::111122223333:role/a";
  words.permissions = "select, describe";
  words.grant_option = "select";
  words.resource = "s.o";
  words.condition = "true";
  EXPECT_EQ(
      request_of(words, "111122223333")->dump(),
      R"({"Principal":{"DataLakePrincipalIdentifier":"arn:aws:iam::111122223333:role/a"},"Resource":{"Table":{"DatabaseName":"s","Name":"o"}},"Permissions":["SELECT","DESCRIBE"],"PermissionsWithGrantOption":["SELECT"],"Condition":{"Expression":"true"}})");
}

}  // namespace
}  // namespace weir::cli
