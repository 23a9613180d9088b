// What is asked for, and what the catalog says about it at one moment: the facts that policies look at.
//
// Whoever reads the catalog fills CatalogFacts; nothing here reads a store.
//
// INVARIANT: database, table and column names are lower case.
//
// Threads: values.
#pragma once
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/record.h"

namespace weir::requests {

using Words = std::map<std::string, std::string>;  // parameters of the catalog, or LF-Tags: key -> value

inline constexpr std::string_view kEveryTable = "*";

// All columns but those listed, or only those.
struct ColumnChoice {
  std::vector<std::string> names;
  bool only = false;  // the listed ones; else all but these

  bool is_all() const { return !only && names.empty(); }
  bool contains(std::string_view lower) const;
  bool operator==(const ColumnChoice&) const = default;
};
WEIR_RECORD(ColumnChoice, FIELD("Names", &ColumnChoice::names), FIELD("Only", &ColumnChoice::only))

struct AskedItem {
  std::string database;
  std::string table;  // kEveryTable: all of them, also those to come
  ColumnChoice columns;
  std::string row_filter;  // empty: all rows
  std::vector<std::string> permissions;
  bool grantable = false;

  bool is_whole_database() const { return table == kEveryTable; }
  bool is_part() const { return !columns.is_all() || !row_filter.empty(); }
  std::string text() const { return database + "." + table; }
  bool operator==(const AskedItem&) const = default;
};
WEIR_RECORD(AskedItem, FIELD("Database", &AskedItem::database), FIELD("Table", &AskedItem::table),
            FIELD("Columns", &AskedItem::columns), FIELD("RowFilter", &AskedItem::row_filter),
            FIELD("Permissions", &AskedItem::permissions), FIELD("Grantable", &AskedItem::grantable))

struct ColumnFacts {
  std::string name;
  Words parameters;
  Words tags;  // LF-Tags, inherited ones included
  bool partition_key = false;
};

struct TableFacts {
  std::string name;
  Words parameters;
  Words tags;
  std::vector<ColumnFacts> columns;  // partition keys are columns
};

struct CatalogFacts {
  std::string database;
  Words parameters;  // of the database
  Words tags;
  std::vector<TableFacts> tables;  // the one asked for, or all there are

  // Null when there is none. Keys of parameters are found in any case.
  const std::string* parameter(std::string_view key) const;
};

const std::string* find_word(const Words& words, std::string_view key);

}  // namespace weir::requests
