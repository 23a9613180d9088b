#include "query/statement_fingerprint.h"

#include <gtest/gtest.h>

#include "query/statement_gate.h"

namespace weir::query {
namespace {

TEST(StatementFingerprint, LiteralsCommentsCaseAndSpaceHaveNoPart) {
  auto print = statement_fingerprint("SELECT a FROM sales.orders WHERE ssn = '123-45' AND n > 7");
  EXPECT_EQ(print.size(), 32u);
  EXPECT_EQ(print, statement_fingerprint("select A\n from sales.orders where SSN='999' and n>80000"));
  EXPECT_EQ(print,
            statement_fingerprint("select a /* for ann */ from sales.orders where ssn = $$x$$ and n > 7 -- done"));
}

TEST(StatementFingerprint, ACommentHasNoPartWhereverItStands) {
  auto print = statement_fingerprint("select a from t where b = c");
  for (auto* sql : {"select/*1*/a from t where b = c", "select a from t where b =--2\n c",
                    "select a from t where b /*3*/= c--4", "--5\nselect a from t where b = /*6*/ c"})
    EXPECT_EQ(print, statement_fingerprint(sql)) << sql;
}

TEST(StatementFingerprint, QuotedNamesHaveNoPart) {
  EXPECT_EQ(statement_fingerprint("select \"123-45\" from t"), statement_fingerprint("select \"999\" from t"));
}

TEST(StatementFingerprint, OtherTablesColumnsAndShapesAreOthers) {
  auto print = statement_fingerprint("select a from t where b = 1");
  EXPECT_NE(print, statement_fingerprint("select a from u where b = 1"));
  EXPECT_NE(print, statement_fingerprint("select c from t where b = 1"));
  EXPECT_NE(print, statement_fingerprint("select a from t where b < 1"));
}

TEST(StatementFingerprint, WhatCannotBeReadHasNone) {
  EXPECT_EQ(statement_fingerprint(""), "");
  EXPECT_EQ(statement_fingerprint("  -- nothing"), "");
  EXPECT_EQ(statement_fingerprint("select '\xff'"), "");
  EXPECT_EQ(statement_fingerprint(std::string(kSqlBytesMax + 1, 'a')), "");
}

TEST(StatementFingerprint, AnUnterminatedLiteralIsNotInIt) {
  EXPECT_EQ(statement_fingerprint("select a from t where b = 'secret one"),
            statement_fingerprint("select a from t where b = 'another"));
}

}  // namespace
}  // namespace weir::query
