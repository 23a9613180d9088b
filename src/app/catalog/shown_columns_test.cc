#include "app/catalog/shown_columns.h"

#include <gtest/gtest.h>

namespace weir::app {
namespace {

catalog::Table people() {
  catalog::Table table;
  auto& storage = table.storage_descriptor.emplace();
  storage.columns = std::vector<catalog::Column>{{"id", "int", {}, {}}, {"ssn", "string", {}, {}}};
  storage.bucket_columns = std::vector<std::string>{"ssn", "ID"};
  storage.sort_columns = std::vector<catalog::SortColumn>{{"ssn", 1}};
  storage.parameters = catalog::Parameters{{"columns.types", "int,string"}};
  storage.serde_info.emplace().parameters = catalog::Parameters{{"field.delim", ","}, {"mapping.SSN", "s"}};
  storage.skewed_info.emplace().column_names = std::vector<std::string>{"ssn"};
  storage.schema_reference.emplace();
  table.parameters = catalog::Parameters{{"Avro.Schema.Literal", "{}"}, {"classification", "csv"}};
  table.view_original_text = "select ssn";
  return table;
}

permissions::Decision only_id() {
  permissions::Decision decision;
  decision.view.columns = {{"id", catalog::always()}};
  decision.view.row_filter = catalog::always();
  decision.view.all_rows = true;
  return decision;
}

TEST(ShownColumns, NothingThatTellsOfAHiddenColumnIsLeft) {
  auto decision = only_id();
  auto table = people();
  ShownColumns(decision).limit(table);
  auto text = base::to_json(table).dump();
  EXPECT_EQ(text.find("ssn"), std::string::npos) << text;
  EXPECT_EQ(text.find("SSN"), std::string::npos) << text;
  EXPECT_EQ(*table.parameters, (catalog::Parameters{{"classification", "csv"}}));
  EXPECT_EQ(*table.storage_descriptor->serde_info->parameters, (catalog::Parameters{{"field.delim", ","}}));
  EXPECT_EQ(*table.storage_descriptor->bucket_columns, std::vector<std::string>{"ID"});
  EXPECT_FALSE(table.storage_descriptor->schema_reference);
}

TEST(ShownColumns, ATypeShowsTheVisibleFieldsAlone) {
  auto decision = only_id();
  auto& id = decision.view.columns[0];
  id.fields = std::vector<permissions::VisibleColumn>{{"zip", catalog::always()}};
  auto shown_type = [&](const char* type) {
    auto table = people();
    table.storage_descriptor->columns->front().type = type;
    ShownColumns(decision).limit(table);
    const auto& left = *table.storage_descriptor->columns;
    return left.empty() ? std::string("no column") : *left[0].type;
  };
  EXPECT_EQ(shown_type("struct<ssn:string,Zip:int>"), "struct<Zip:int>");
  // Earlier versions of a table are shown through the view of today.
  EXPECT_EQ(shown_type("array<struct<ssn:string,zip:int>>"), "no column");
  EXPECT_EQ(shown_type("struct<ssn:string>"), "no column");
  EXPECT_FALSE(ShownColumns(decision).shows_all_data_of("id"));
}

TEST(ShownColumns, WhoSeesEverythingGetsTheVeryTable) {
  permissions::Decision decision;
  decision.full_schema = true;
  auto table = std::make_shared<const catalog::Table>(people());
  EXPECT_EQ(ShownColumns(decision).of(table), table);
}

TEST(ShownColumns, ADefaultMadeDecisionShowsNoColumn) {
  permissions::Decision decision;
  auto table = people();
  ShownColumns(decision).limit(table);
  EXPECT_TRUE(table.storage_descriptor->columns->empty());
}

TEST(ShownColumns, AColumnSeenInSomeRowsIsNotSeenInAll) {
  auto decision = only_id();
  EXPECT_TRUE(ShownColumns(decision).shows_all_data_of("ID"));
  EXPECT_FALSE(ShownColumns(decision).shows_all_data_of("ssn"));
  decision.view.all_rows = false;
  EXPECT_FALSE(ShownColumns(decision).shows_all_data_of("id"));
  decision.view.all_rows = true;
  decision.view.columns[0].visible_when = catalog::never();
  EXPECT_FALSE(ShownColumns(decision).shows_all_data_of("id"));
}

}  // namespace
}  // namespace weir::app
