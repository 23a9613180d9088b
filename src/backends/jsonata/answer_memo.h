// The last answers, by their questions.
//
// A step is done twice: once to learn what its expressions give, and once inside the transaction that keeps it, where
// nobody should wait for an expression (executions/execution_records.h: rehearse). A question holds the chance and the
// instant it is asked with, so the same question means the same evaluation; failures are remembered as values are.
//
// Threads: any.
#pragma once
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/hash.h"
#include "base/result.h"

namespace weir::backends::jsonata {

class AnswerMemo {
 public:
  using Answered = base::Result<std::string>;

  std::optional<Answered> find(const std::string& question) const {
    std::lock_guard lock(mutex_);
    auto found = by_question_.find(base::sha256(question));
    return found == by_question_.end() ? std::nullopt : std::optional(found->second);
  }

  void keep(const std::string& question, const Answered& answer) {
    std::lock_guard lock(mutex_);
    auto [entry, is_new] = by_question_.emplace(base::sha256(question), answer);
    if (!is_new) return;
    order_.push_back(entry->first);
    bytes_ += bytes_of(answer);
    while (order_.size() > kAnswersMax || bytes_ > kBytesMax) forget_oldest();
  }

 private:
  static constexpr size_t kAnswersMax = 256;
  static constexpr size_t kBytesMax = size_t{32} << 20;

  static size_t bytes_of(const Answered& answer) { return answer.ok() ? answer->size() : 0; }
  void forget_oldest() {
    auto oldest = by_question_.find(order_.front());
    bytes_ -= bytes_of(oldest->second);
    by_question_.erase(oldest);
    order_.pop_front();
  }

  mutable std::mutex mutex_;  // guards what follows
  std::unordered_map<std::string, Answered> by_question_;
  std::deque<std::string> order_;  // the oldest first
  size_t bytes_ = 0;
};

}  // namespace weir::backends::jsonata
