// The facts of one request that conditions and policy variables read: aws:SourceIp, sts:ExternalId,
// aws:PrincipalTag/team and their like.
//
// A small vector: requests carry ten to forty keys, and a search compares lengths first.
// Thread safety: a value; build it, then share it read-only. One with facts to be described later belongs to one
// thread.
//
//   1. Keys compare without case, values with case.
//   2. A key is either single-valued or a list, by how it was set and not by how many values came:
//      aws:TagKeys with one tag is still a list, and single-valued operators do not see into lists.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace weir::policy {

class Context {
 public:
  struct Entry {
    std::string key;  // lower case
    std::vector<std::string> values;
    bool list = false;
  };

  Context() = default;
  void reserve(size_t keys) { entries_.reserve(keys); }
  // `describe` sets facts when the first one is looked at, or never: most decisions meet no condition. What it
  // points at outlives the looking.
  void describe_later(std::function<void(Context&)> describe) { describe_ = std::move(describe); }
  // Sets or replaces; the Context comes back so that calls chain.
  Context& set(std::string_view key, std::string value);
  Context& set_list(std::string_view key, std::vector<std::string> values);
  Context& erase(std::string_view key);

  const Entry* find(std::string_view key) const;  // any case
  // For compiled policies, whose keys are lower case already.
  const Entry* find_lowered(std::string_view key) const;
  // The value of a single-valued key; empty when absent or a list.
  std::string_view text(std::string_view key) const;

  const std::vector<Entry>& entries() const { return described(), entries_; }

 private:
  void described() const {
    if (describe_) std::exchange(describe_, nullptr)(const_cast<Context&>(*this));
  }
  Entry& slot(std::string_view key);
  std::vector<Entry> entries_;
  mutable std::function<void(Context&)> describe_;
};

}  // namespace weir::policy
