// Definitions that were parsed before: a step needs its definition, and parsing a megabyte for each would cost more
// than the step.
//
// Kept by revision id, which never changes its meaning; the least recently used go first, bounded by the bytes of
// their texts.
//
// Threads: any.
#pragma once
#include <list>
#include <mutex>
#include <unordered_map>

#include "executions/machine.h"

namespace weir::executions {

using DefinitionPtr = std::shared_ptr<const workflow::Definition>;

// An express execution ends after five minutes, whatever its definition says.
inline constexpr int64_t kExpressSecondsMax = 300;

class Definitions {
 public:
  explicit Definitions(const workflow::Expressions* jsonata = nullptr, size_t bytes_max = size_t{4} << 20)
      : jsonata_(jsonata), bytes_max_(bytes_max) {}

  base::Result<DefinitionPtr> get(store::Transaction& tx, std::string_view account, const std::string& revision_id);
  // Nothing when it would have to be parsed.
  DefinitionPtr kept(const std::string& revision_id);
  const workflow::Expressions* jsonata() const { return jsonata_; }

 private:
  struct Entry {
    std::string id;
    DefinitionPtr definition;
    size_t bytes = 0;
  };
  void keep(Entry entry);

  const workflow::Expressions* jsonata_;
  const size_t bytes_max_;
  std::mutex mutex_;        // guards what follows
  std::list<Entry> order_;  // the last used first
  std::unordered_map<std::string, std::list<Entry>::iterator> by_id_;
  size_t bytes_ = 0;
};

}  // namespace weir::executions
