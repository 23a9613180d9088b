// People and their sign-ins in the store.
//
// Threads: as the transaction.
#pragma once
#include <functional>
#include <optional>
#include <string_view>

#include "people/page.h"
#include "people/person.h"
#include "people/sign_in.h"
#include "store/store.h"

namespace weir::people {

inline constexpr size_t kSignInsMax = 100;  // of a person; the oldest goes first

class PersonRecords {
 public:
  explicit PersonRecords(store::Transaction& tx) : tx_(tx) {}

  // `username` as the pool folds it.
  base::Result<std::optional<Person>> find(std::string_view pool, std::string_view username);
  // Those that are wanted, in the order of their names.
  base::Result<Page<Person>> list(std::string_view pool, const PageWanted& wanted,
                                  const std::function<bool(const Person&)>& is_wanted);
  base::Status put(const Person& person);
  // With all sign-ins.
  base::Status erase(const Person& person);

 private:
  store::Transaction& tx_;
};

class SignInRecords {
 public:
  explicit SignInRecords(store::Transaction& tx) : tx_(tx) {}

  base::Result<std::optional<SignIn>> find(std::string_view pool, std::string_view sub, std::string_view id);
  base::Status put(const SignIn& sign_in);
  // A new one: what has ended goes, and the oldest when there are too many.
  base::Status add(const SignIn& sign_in, base::Instant now);
  base::Status erase(const SignIn& sign_in);
  base::Status erase_all(std::string_view pool, std::string_view sub);

 private:
  base::Result<std::vector<SignIn>> all(std::string_view pool, std::string_view sub);
  store::Transaction& tx_;
};

// "User does not exist."
base::Error no_such_person();

}  // namespace weir::people
