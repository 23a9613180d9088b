// Reads a lake through the public APIs of Glue, Lake Formation and, when asked to, IAM: Weir or AWS.
//
//  1. The caller is an administrator or a read-only administrator: others are shown parts, and a part must not pass
//     for the whole.
//  2. Items come section by section in an order of their own names, not in the server's.
//  3. What is there and cannot be told is in `left_out`, with the reason.
// One thread.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "cli/json_api.h"
#include "cli/lake_document.h"

namespace weir::cli {

struct LeftOut {
  std::string what;
  std::string why;
};
base::Json to_json(const std::vector<LeftOut>& list);

struct LakeReaderOptions {
  bool with_iam = false;
  bool partition_statistics = true;  // one call for each partition
};

class LakeReader {
 public:
  LakeReader(const JsonApi& api, std::string account, std::string region, LakeReaderOptions options)
      : api_(api), account_(std::move(account)), region_(std::move(region)), options_(options) {}

  base::Status read(LakeSink& sink);
  // Only what is granted, by the same rules.
  base::Status read_grants(LakeSink& sink) const;
  // Who reads, as Lake Formation names principals; known after read().
  const std::string& reader() const { return reader_; }
  const std::vector<LeftOut>& left_out() const { return left_out_; }

 private:
  struct Table {
    std::string database;
    std::string name;
    std::vector<std::string> columns;
    bool partitioned = false;
  };
  using Visit = JsonApi::Visit;

  base::Status check_reader();
  base::Status read_section(const Section& section, LakeSink& sink);
  base::Status read_databases(const Section& section, LakeSink& sink);
  base::Status read_tables(const Section& section, LakeSink& sink);
  base::Status read_partitions(const Section& section, LakeSink& sink);
  base::Status read_table_statistics(const Section& section, LakeSink& sink);
  base::Status read_partition_statistics(const Section& section, LakeSink& sink);
  base::Status read_functions(const Section& section, LakeSink& sink);
  base::Status read_assignments(const Section& section, LakeSink& sink);
  base::Status read_grants(const Section& section, LakeSink& sink) const;
  base::Status read_settings(const Section& section, LakeSink& sink);
  // A section that one list tells whole.
  base::Status read_list(const Section& section, LakeSink& sink);

  base::Result<base::Json> table_item(const std::string& database, const base::Json& told);
  base::Result<std::vector<base::Json>> statistics_of(const Table& table, const base::Json* partition);
  base::Status each_partition(const Table& table, const Visit& visit) const;
  bool is_own(const base::Json& told) const;
  base::Json canonical_item(const Section& section, const base::Json& item) const {
    return canonical(section, item, account_);
  }

  const JsonApi& api_;
  std::string account_;
  std::string region_;
  LakeReaderOptions options_;
  std::string reader_;
  std::vector<std::string> databases_;  // own ones, links included
  std::vector<Table> tables_;
  std::vector<LeftOut> left_out_;
};

}  // namespace weir::cli
