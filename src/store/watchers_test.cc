#include "store/watchers.h"

#include <gtest/gtest.h>

#include <set>

namespace weir::store {
namespace {

// A watcher that knows which of its copies are there, and adds another one while it is told.
class Adds {
 public:
  Adds(Watchers& watchers, std::set<const Adds*>& there) : watchers_(watchers), there_(there) { there_.insert(this); }
  Adds(const Adds& other) : watchers_(other.watchers_), there_(other.there_) { there_.insert(this); }
  Adds& operator=(const Adds&) = delete;
  ~Adds() { there_.erase(this); }
  void operator()(std::span<const Change>) const {
    auto& there = there_;
    const auto* self = this;
    watchers_.add("other", [](std::span<const Change>) {});
    EXPECT_TRUE(there.contains(self)) << "whoever is being told stays until it returns";
  }

 private:
  Watchers& watchers_;
  std::set<const Adds*>& there_;
};

TEST(Watchers, OneThatIsAddedWhileOthersAreToldTakesNobodyAway) {
  std::set<const Adds*> there;
  Watchers watchers;
  int told = 0;
  watchers.add("", Adds(watchers, there));
  watchers.add("", [&](std::span<const Change>) { ++told; });
  watchers.tell(std::vector<Change>{{"key", "value", false}});
  EXPECT_EQ(told, 1);
  ASSERT_TRUE(watchers.reset([](const Range&) { return std::vector<Entry>(); }).ok());
  EXPECT_EQ(told, 2);
}

}  // namespace
}  // namespace weir::store
