// How many calls to programs elsewhere are under way at once: one account's that hang must not keep those of others,
// and all together must not keep the tasks that need nobody elsewhere.
//
//   auto slot = slots.take(account);
//   if (!slot) return later;
//
// Threads: any. A Slot may outlive nothing: it goes before its CallSlots.
#pragma once
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace weir::app {

class CallSlots {
 public:
  CallSlots(size_t of_an_account_max, size_t all_max) : of_an_account_max_(of_an_account_max), all_max_(all_max) {}

  class Slot {
   public:
    Slot(CallSlots& slots, std::string account) : slots_(&slots), account_(std::move(account)) {}
    Slot(Slot&& other) noexcept : slots_(std::exchange(other.slots_, nullptr)), account_(std::move(other.account_)) {}
    Slot& operator=(Slot&&) = delete;
    ~Slot() {
      if (slots_) slots_->give_back(account_);
    }

   private:
    CallSlots* slots_;
    std::string account_;
  };

  // Nothing when there are too many already.
  std::optional<Slot> take(const std::string& account) {
    std::lock_guard lock(mutex_);
    if (all_ >= all_max_ || taken_[account] >= of_an_account_max_) return std::nullopt;
    ++all_;
    ++taken_[account];
    return std::optional<Slot>(std::in_place, *this, account);
  }

 private:
  void give_back(const std::string& account) {
    std::lock_guard lock(mutex_);
    --all_;
    if (--taken_[account] == 0) taken_.erase(account);
  }

  const size_t of_an_account_max_, all_max_;
  std::mutex mutex_;
  size_t all_ = 0;
  std::map<std::string, size_t> taken_;
};

}  // namespace weir::app
