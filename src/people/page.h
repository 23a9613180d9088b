// Some of a list, and where the rest begins.
//
// Threads: a value.
#pragma once
#include <string>
#include <vector>

namespace weir::people {

template <class T>
struct Page {
  std::vector<T> items;
  std::string next = {};  // empty at the end
};

struct PageWanted {
  std::string after = {};  // a Page's `next`; empty: from the beginning
  size_t limit = 60;
};

}  // namespace weir::people
