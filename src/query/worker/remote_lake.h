// The lake as the worker sees it: every step is asked of the program that started it, one at a time.
//
// Threads: as query::LakeAccess. Messages of the answer go the same way (tell()).
#pragma once
#include <mutex>

#include "query/messages.h"

namespace weir::query {

class RemoteLake final : public LakeAccess {
 public:
  explicit RemoteLake(int socket) : socket_(socket) {}

  base::Result<GovernedTable> resolve(const TableRef& table) override;
  base::Result<std::vector<DataFile>> files(const GovernedTable& table,
                                            const catalog::PredicatePtr& partitions) override;
  base::Result<FileStat> stat(const DataFile& file) override;
  base::Result<size_t> read(const DataFile& file, uint64_t offset, char* into, size_t n) override;

  // Without an answer. Does not return when nobody listens any more.
  void tell(Says what, std::string_view body);

 private:
  // The answer, which stands in `answer`.
  base::Result<std::string_view> ask(Says what, std::string_view body, std::string& answer);
  void send(Says what, std::string_view body);

  const int socket_;
  std::mutex one_at_a_time_;
};

}  // namespace weir::query
