// A lake over the public protocols: unfiltered metadata, vended credentials, range reads (lakeformation.md 5).
//
// INVARIANT: what the metadata says the caller may not see is in the TableView before the engine hears of the
// table; a view that cannot be read is an error, never a wider view.
// Threads: as query::LakeAccess.
#pragma once
#include <memory>
#include <string>

#include "cli/aws_client.h"
#include "query/lake_access.h"

namespace weir::cli {

class RemoteLake final : public query::LakeAccess {
 public:
  // `catalog_id`: the account whose catalog is asked. `default_database` for tables named without one.
  RemoteLake(AwsClient client, std::string catalog_id)
      : client_(std::move(client)), catalog_id_(std::move(catalog_id)) {}

  base::Result<query::GovernedTable> resolve(const query::TableRef& table) override;
  base::Result<std::vector<query::DataFile>> files(const query::GovernedTable& table,
                                                   const catalog::PredicatePtr& partitions) override;
  base::Result<query::FileStat> stat(const query::DataFile& file) override;
  base::Result<size_t> read(const query::DataFile& file, uint64_t offset, char* into, size_t n) override;

 private:
  AwsClient client_;
  std::string catalog_id_;
};

}  // namespace weir::cli
