#include "permissions/column_path.h"

#include <gtest/gtest.h>

namespace weir::permissions {
namespace {

TEST(ColumnPath, WhatIsNotQuotedIsOneColumn) {
  EXPECT_EQ(parse_column_path("city").value(), ColumnPath{"city"});
  EXPECT_EQ(parse_column_path("a.b").value(), ColumnPath{"a.b"});
  EXPECT_EQ(parse_column_path("a.\"b\"").value(), ColumnPath{"a.\"b\""});
}

TEST(ColumnPath, QuotedNamesWithPointsBetweenLeadToAField) {
  EXPECT_EQ(parse_column_path("\"address\".\"zip\"").value(), (ColumnPath{"address", "zip"}));
  EXPECT_EQ(parse_column_path("\"a.b\".\"c\"").value(), (ColumnPath{"a.b", "c"}));
  EXPECT_EQ(parse_column_path("\"say \"\"hi\"\"\".\"x\"").value(), (ColumnPath{"say \"hi\"", "x"}));
  EXPECT_EQ(parse_column_path("\"a\".\"b\".\"c\".\"d\".\"e\"").value().size(), 5u);
}

TEST(ColumnPath, AnythingElseThatBeginsWithAQuoteIsRefused) {
  for (auto text : {"\"", "\"\"", "\"a", "\"a\".", "\"a\".b", "\"a\"b", "\"a\"..\"b\"", "\"a\".\"\"", "\"a\" .\"b\"",
                    "\"a\".\"b\" ", "\"\"\"", "\"a\".\"b\".\"c\".\"d\".\"e\".\"f\""})
    EXPECT_EQ(parse_column_path(text).error().kind, base::Kind::invalid) << text;
}

TEST(ColumnPath, ASpellingIsReadAsThePathItWasMadeOf) {
  for (const auto& path : {ColumnPath{"a"}, ColumnPath{"a.b"}, ColumnPath{"a", "b"}, ColumnPath{"\"a\".\"b\""},
                           ColumnPath{"\"a\"", "."}, ColumnPath{"a\"", "b"}, ColumnPath{"x", "\"", "\"\""}})
    EXPECT_EQ(parse_column_path(spelled(path)).value(), path) << spelled(path);
}

}  // namespace
}  // namespace weir::permissions
