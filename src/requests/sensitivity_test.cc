#include "requests/sensitivity.h"

#include <gtest/gtest.h>

namespace weir::requests {
namespace {

CatalogFacts plain() {
  return {
      "sales",
      {},
      {},
      {{"orders", {}, {}, {{"id", {}, {}}, {"email", {}, {}}, {"day", {}, {}}}}, {"items", {}, {}, {{"sku", {}, {}}}}}};
}

bool sensitive(const CatalogFacts& facts, const ColumnChoice& columns = {}, const SensitiveTags& tags = {}) {
  return sensitivity_of(facts, columns, tags).sensitive;
}

struct Flag {
  const char* value;
  bool sensitive;
};
constexpr Flag kFlags[] = {
    {"true", true},    {"TRUE", true},   {"True", true},     {"tRuE", true},    {"1", true},    {"yes", true},
    {"YES", true},     {"y", true},      {"Y", true},        {"", true},        {" ", true},    {"maybe", true},
    {"unknown", true}, {"2", true},      {"-1", true},       {"on", true},      {"off", true},  {"null", true},
    {"none", true},    {"f", true},      {"t", true},        {"falsee", true},  {"nope", true}, {"00", true},
    {"false", false},  {"FALSE", false}, {"False", false},   {"0", false},      {"no", false},  {"NO", false},
    {"n", false},      {"N", false},     {" false ", false}, {"\tno\n", false},
};

TEST(Sensitivity, AFlagThatDoesNotPlainlySayNoSaysYes) {
  for (const auto& flag : kFlags) EXPECT_EQ(says_sensitive(flag.value), flag.sensitive) << '"' << flag.value << '"';
}

TEST(Sensitivity, AnyPlaceThatIsMarkedIsEnough) {
  for (const auto& flag : kFlags)
    for (const char* key : {"pii_flag", "PII_FLAG", "Pii_Flag"}) {
      auto database = plain(), table = plain(), second = plain(), column = plain(), last = plain();
      database.parameters[key] = flag.value;
      table.tables[0].parameters[key] = flag.value;
      second.tables[1].parameters[key] = flag.value;
      column.tables[0].columns[1].parameters[key] = flag.value;
      last.tables[0].columns[2].parameters[key] = flag.value;  // where partition keys are
      for (const auto* facts : {&database, &table, &second, &column, &last})
        EXPECT_EQ(sensitive(*facts), flag.sensitive) << key << '=' << flag.value;
    }
}

TEST(Sensitivity, NothingMarkedIsNotSensitive) { EXPECT_FALSE(sensitive(plain())); }

TEST(Sensitivity, OtherParametersAreNoMarks) {
  auto facts = plain();
  facts.parameters = {{"pii", "true"}, {"pii_flag2", "true"}, {"xpii_flag", "true"}, {"data_owner", "true"}};
  EXPECT_FALSE(sensitive(facts));
}

TEST(Sensitivity, OneMarkThatSaysNoTakesNoOtherBack) {
  auto facts = plain();
  facts.parameters = {{"pii_flag", "false"}, {"PII_FLAG", "true"}};
  EXPECT_TRUE(sensitive(facts));
  facts = plain();
  facts.parameters["pii_flag"] = "true";
  facts.tables[0].parameters["pii_flag"] = "false";
  EXPECT_TRUE(sensitive(facts)) << "a table is as sensitive as its database";
}

TEST(Sensitivity, ColumnsThatAreNotAskedForDoNotCount) {
  auto facts = plain();
  facts.tables[0].columns[1].parameters["pii_flag"] = "true";
  EXPECT_TRUE(sensitive(facts, {{"id", "email"}, true}));
  EXPECT_FALSE(sensitive(facts, {{"id"}, true}));
  EXPECT_FALSE(sensitive(facts, {{"email"}, false}));
  EXPECT_TRUE(sensitive(facts, {{"id"}, false}));
  facts.tables[0].parameters["pii_flag"] = "true";
  EXPECT_TRUE(sensitive(facts, {{"id"}, true})) << "the table itself is marked";
}

TEST(Sensitivity, TagsOfTheConfiguredSetAreMarks) {
  auto facts = plain();
  facts.tables[0].columns[1].tags = {{"sensitivity", "pii"}};
  EXPECT_FALSE(sensitive(facts));
  EXPECT_TRUE(sensitive(facts, {}, {{"sensitivity", {"pii"}}}));
  EXPECT_TRUE(sensitive(facts, {}, {{"Sensitivity", {"PII"}}}));
  EXPECT_TRUE(sensitive(facts, {}, {{"sensitivity", {"secret", "*"}}}));
  EXPECT_FALSE(sensitive(facts, {}, {{"sensitivity", {"secret"}}}));
  EXPECT_FALSE(sensitive(facts, {}, {{"area", {"pii"}}}));
  EXPECT_FALSE(sensitive(facts, {{"id"}, true}, {{"sensitivity", {"pii"}}}));
}

TEST(Sensitivity, EveryMarkIsNamed) {
  auto facts = plain();
  facts.parameters["pii_flag"] = "x";
  facts.tables[0].columns[1].parameters["pii_flag"] = "true";
  auto found = sensitivity_of(facts, {}, {});
  EXPECT_EQ(found.because,
            (std::vector<std::string>{"database sales has pii_flag x", "column sales.orders.email has pii_flag true"}));
}

}  // namespace
}  // namespace weir::requests
