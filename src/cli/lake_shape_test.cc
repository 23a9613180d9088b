#include "cli/lake_shape.h"

#include <gtest/gtest.h>

#include "cli/lake_section.h"

namespace weir::cli {
namespace {

using base::Json;

Json json(std::string_view text) {
  auto parsed = base::parse_json(text);
  EXPECT_TRUE(parsed.ok()) << text;
  return parsed ? *parsed : Json();
}

std::string spelled(const char* section, std::string_view item) {
  return canonical(*find_section(section), json(item), "111122223333").dump();
}

std::string refusal(const char* section, std::string_view item) {
  auto status = check_shape(json(item), find_section(section)->shape());
  return status.ok() ? "" : status.error().says;
}

}  // namespace

TEST(LakeShape, AnswersAreCutDownToWhatARequestTakes) {
  EXPECT_EQ(spelled("Tables", R"({"DatabaseName":"d","TableInput":{"CreateTime":1.5,"VersionId":"3","Name":"t"}})"),
            R"({"DatabaseName":"d","TableInput":{"Name":"t"}})");
}

TEST(LakeShape, MembersStandInTheModelsOrderAndMapsByKey) {
  EXPECT_EQ(spelled("Databases", R"({"Tags":{"b":"2","a":"1"},"DatabaseInput":{"Description":"x","Name":"d"}})"),
            R"({"DatabaseInput":{"Name":"d","Description":"x"},"Tags":{"a":"1","b":"2"}})");
}

TEST(LakeShape, ListsOfLakeFormationAreSetsAndThoseOfGlueAreNot) {
  EXPECT_EQ(spelled("LFTags", R"({"TagKey":"k","TagValues":["b","a"]})"), R"({"TagKey":"k","TagValues":["a","b"]})");
  EXPECT_EQ(spelled("Partitions", R"({"DatabaseName":"d","TableName":"t","PartitionInput":{"Values":["b","a"]}})"),
            R"({"DatabaseName":"d","TableName":"t","PartitionInput":{"Values":["b","a"]}})");
}

TEST(LakeShape, TheOwnCatalogIsNotNamedAndOthersAre) {
  EXPECT_EQ(spelled("Permissions", R"({"Resource":{"Catalog":{"Id":"111122223333"}}})"),
            R"({"Resource":{"Catalog":{}}})");
  EXPECT_EQ(spelled("Permissions", R"({"Resource":{"Database":{"CatalogId":"999988887777","Name":"d"}}})"),
            R"({"Resource":{"Database":{"CatalogId":"999988887777","Name":"d"}}})");
}

TEST(LakeShape, NumbersHaveTheTypeOfTheModel) {
  EXPECT_EQ(spelled("Tables", R"({"DatabaseName":"d","TableInput":{"Name":"t","LastAccessTime":7}})"),
            spelled("Tables", R"({"DatabaseName":"d","TableInput":{"Name":"t","LastAccessTime":7.0}})"));
}

TEST(LakeShape, WhatARequestDoesNotTakeIsRefusedWithItsPath) {
  EXPECT_EQ(refusal("Databases", R"({"DatabaseInput":{"Name":"d","Parameters":{"any":"thing"}}})"), "");
  EXPECT_NE(refusal("Databases", R"({"DatabaseInput":{"Name":"d","Nmae":1}})").find("DatabaseInput.Nmae"),
            std::string::npos);
  EXPECT_NE(refusal("Databases", R"({"DatabaseInput":{"Name":"d","Parameters":{"a":1}}})").find("Parameters.a"),
            std::string::npos);
  EXPECT_NE(refusal("Databases", R"({"DatabaseInput":{"Name":"d","Name":"e"}})").find("twice"), std::string::npos);
  EXPECT_NE(refusal("Databases", R"({"DatabaseInput":{"Description":"d"}})").find("DatabaseInput.Name is missing"),
            std::string::npos);
  EXPECT_NE(refusal("LFTags", R"({"TagKey":"k","TagValues":["a",2]})").find("TagValues[1]"), std::string::npos);
}

TEST(LakeSection, EachPermissionOfAGrantIsAnAtomOfItsOwn) {
  const auto& section = *find_section("Permissions");
  auto item = json(R"({"Principal":{"DataLakePrincipalIdentifier":"p"},"Resource":{"Catalog":{}},)"
                   R"("Permissions":["ALTER","DROP"],"PermissionsWithGrantOption":["DROP"]})");
  EXPECT_EQ(section.atoms(item).size(), 3u);
}

TEST(LakeSection, ValuesOfPartitionsCannotBeTakenForEachOther) {
  const auto& section = *find_section("Partitions");
  auto id = [&](const char* values) {
    return section
        .atoms(
            json(std::string(R"({"DatabaseName":"d","TableName":"t","PartitionInput":{"Values":)") + values + "}}"))[0]
        .id;
  };
  EXPECT_NE(id(R"(["a,b"])"), id(R"(["a","b"])"));
  EXPECT_NE(id(R"(["a\u001fb"])"), id(R"(["a","b"])"));
}

TEST(LakeSection, EverySectionIsMadeByAnOperationOfTheTables) {
  for (const auto& section : sections()) EXPECT_FALSE(section.shape().members.empty()) << section.name;
}

}  // namespace weir::cli
