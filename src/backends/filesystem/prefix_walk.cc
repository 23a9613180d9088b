#include "backends/filesystem/prefix_walk.h"

#include <algorithm>

namespace weir::backends {
namespace {

// One entry of look-ahead tells whether the page is cut. After a common prefix looks are short, since the
// next entry may begin another one; they grow again among plain keys.
constexpr size_t kLookMin = 2, kLookMax = 1024;

class Walker {
 public:
  Walker(store::Transaction& txn, const Walk& walk) : txn_(txn), walk_(walk) {
    range_ = store::prefix_range(open_prefix(walk.base, walk.prefix));
    range_.first = std::max(range_.first, walk.first);
    look_ = walk.delimiter.empty() ? std::min(walk.max + 1, kLookMax) : kLookMin;
  }

  base::Result<Walked> run() {
    while (!ended_) WEIR_CHECK_OK(look());
    return std::move(out_);
  }

 private:
  size_t count() const { return out_.rows.size() + out_.prefixes.size(); }

  base::Status look() {
    WEIR_TRY(auto entries, txn_.scan(range_, look_));
    ended_ = entries.size() < look_;
    look_ = std::min(look_ * 2, kLookMax);
    for (auto& entry : entries) {
      WEIR_TRY(bool skipped, take(entry));
      if (skipped || out_.truncated) break;
    }
    return {};
  }

  // True when a common prefix was taken and the rest of the look lies before where to go on.
  base::Result<bool> take(store::Entry& entry) {
    if (count() >= walk_.max) {
      out_.truncated = ended_ = true;
      return false;
    }
    WEIR_TRY(auto names, split_index_key(entry.key, walk_.key_parts));
    if (auto common = common_prefix(names[2], walk_.prefix, walk_.delimiter); !common.empty()) {
      skip(common);
      return true;
    }
    range_.first = entry.key + '\0';
    out_.last = names[2];
    out_.rows.push_back({std::move(names), std::move(entry.value)});
    return false;
  }

  void skip(std::string_view common) {
    out_.prefixes.emplace_back(common);
    out_.last = common;
    range_.first = store::prefix_range(open_prefix(walk_.base, common)).last;
    look_ = kLookMin;
    ended_ = false;
  }

  store::Transaction& txn_;
  const Walk& walk_;
  store::Range range_;
  size_t look_;
  bool ended_ = false;
  Walked out_;
};

}  // namespace

std::string_view common_prefix(std::string_view name, std::string_view prefix, std::string_view delimiter) {
  if (delimiter.empty()) return {};
  auto at = name.find(delimiter, prefix.size());
  return at == std::string_view::npos ? std::string_view() : name.substr(0, at + delimiter.size());
}

std::string first_after(const Walk& walk, std::string_view after) {
  bool is_common = after.starts_with(walk.prefix) && common_prefix(after, walk.prefix, walk.delimiter) == after;
  if (is_common && !after.empty()) return store::prefix_range(open_prefix(walk.base, after)).last;
  return store::prefix_range(walk.base + store::encode_text(after)).last;
}

base::Result<Walked> walk_prefixes(store::Transaction& txn, const Walk& walk) {
  if (walk.max == 0) return Walked();
  return Walker(txn, walk).run();
}

}  // namespace weir::backends
