// A catalog in memory with short ways to fill and ask it. Tests only.
#pragma once
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalog/databases.h"
#include "catalog/partitions.h"
#include "catalog/tables.h"
#include "store/memory_store.h"

namespace weir::catalog {

class TestCatalog : public ::testing::Test {
 protected:
  static constexpr const char* kAccount = "123456789012";

  base::Status write(const std::function<base::Status(store::Transaction&)>& body) {
    return store::write(store_, body);
  }
  std::unique_ptr<store::Transaction> read() { return store_.begin(store::Mode::read).value(); }

  static Database database(const std::string& name) {
    Database out;
    out.catalog_id = kAccount;
    out.name = name;
    return out;
  }
  static Column column(const std::string& name, const std::string& type) {
    Column out;
    out.name = name;
    out.type = type;
    return out;
  }
  static Table table(const std::string& database, const std::string& name, std::vector<Column> keys = {}) {
    Table out;
    out.catalog_id = kAccount;
    out.database_name = database;
    out.name = name;
    out.storage_descriptor.emplace().columns = {column("a", "int"), column("b", "string")};
    out.partition_keys = std::move(keys);
    return out;
  }
  void make_database(const std::string& name) {
    auto status = write([&](store::Transaction& t) { return Databases(t).create(database(name)); });
    ASSERT_TRUE(status.ok()) << status.error().says;
  }
  void make_table(const Table& made) {
    auto status = write([&](store::Transaction& t) { return Tables(t).create(made); });
    ASSERT_TRUE(status.ok()) << status.error().says;
  }
  base::Status update(const Table& changed, const TableUpdate& how = {}) {
    return write([&](store::Transaction& t) { return Tables(t).update(changed.name, changed, how); });
  }
  Table stored(const std::string& database, const std::string& name) {
    auto t = read();
    return Tables(*t).get(kAccount, database, name).value();
  }
  base::Status add_partition(const Table& of, const std::vector<std::string>& values) {
    return write([&](store::Transaction& t) {
      Partition partition;
      partition.values = values;
      return Partitions(t, of).create(partition);
    });
  }
  size_t entries() { return read()->scan({"", ""}, static_cast<size_t>(-1)).value().size(); }

  template <class T>
  static std::vector<std::string> names(const Page<T>& page) {
    std::vector<std::string> out;
    for (auto& item : page.items) out.push_back(item.name);
    return out;
  }

  store::MemoryStore store_;
};

}  // namespace weir::catalog
