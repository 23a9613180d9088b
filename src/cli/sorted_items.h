// Items of a section on their way to the sink: sorted by their names, each kept as text until its turn.
//
// One thread.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "cli/lake_document.h"

namespace weir::cli {

class SortedItems {
 public:
  explicit SortedItems(const Section& section) : section_(section) {}
  // Two items of one name stand in the order of their texts.
  void add(const base::Json& item);
  base::Status flush(LakeSink& sink);

 private:
  const Section& section_;
  std::vector<std::pair<std::string, std::string>> items_;
};

}  // namespace weir::cli
