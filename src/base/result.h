// Result<T>: a value or an Error. Status is Result<void>.
//
//   WEIR_TRY(auto table, tables.get(name));   // returns the Error to our caller, or binds the value
//   WEIR_CHECK_OK(store.put(key, value));     // the same for a Status
#pragma once
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include "base/check.h"
#include "base/error.h"

namespace weir::base {

// A union by hand: std::variant says the same, and is compiled for each T for half a second.
template <class T>
class [[nodiscard]] Result {
 public:
  using value_type = T;
  Result(T value) : ok_(true), value_(std::move(value)) {}       // NOLINT(google-explicit-constructor)
  Result(Error error) : ok_(false), error_(std::move(error)) {}  // NOLINT(google-explicit-constructor)
  Result(const Result& other) requires std::is_copy_constructible_v<T> : ok_(other.ok_) { take(other); }
  Result(Result&& other) noexcept(std::is_nothrow_move_constructible_v<T>) : ok_(other.ok_) { take(std::move(other)); }
  Result& operator=(Result other) noexcept requires std::is_nothrow_move_constructible_v<T> {
    end();
    ok_ = other.ok_;
    take(std::move(other));
    return *this;
  }
  ~Result() { end(); }

  bool ok() const { return ok_; }
  explicit operator bool() const { return ok_; }

  T& value() & { return CHECK_TRUE(ok_, "value() of a failed Result"), value_; }
  const T& value() const& { return CHECK_TRUE(ok_, "value() of a failed Result"), value_; }
  T&& value() && { return CHECK_TRUE(ok_, "value() of a failed Result"), std::move(value_); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  Error& error() & { return CHECK_TRUE(!ok_, "error() of a Result that is well"), error_; }
  const Error& error() const& { return CHECK_TRUE(!ok_, "error() of a Result that is well"), error_; }
  Error&& error() && { return CHECK_TRUE(!ok_, "error() of a Result that is well"), std::move(error_); }

 private:
  template <class Other>
  void take(Other&& other) {
    if (ok_)
      std::construct_at(&value_, std::forward<Other>(other).value_);
    else
      std::construct_at(&error_, std::forward<Other>(other).error_);
  }
  void end() { ok_ ? std::destroy_at(&value_) : std::destroy_at(&error_); }

  bool ok_;
  union {
    T value_;
    Error error_;
  };
};

template <>
class [[nodiscard]] Result<void> {
 public:
  using value_type = void;
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}  // NOLINT(google-explicit-constructor)
  bool ok() const { return !error_; }
  explicit operator bool() const { return ok(); }
  Error& error() & { return *error_; }
  const Error& error() const& { return *error_; }
  Error&& error() && { return std::move(*error_); }

 private:
  std::optional<Error> error_;
};

using Status = Result<void>;

}  // namespace weir::base

#define WEIR_CONCAT_(a, b) a##b
#define WEIR_CONCAT(a, b) WEIR_CONCAT_(a, b)
#define WEIR_TRY_IMPL(tmp, decl, expr)          \
  auto tmp = (expr);                            \
  if (!tmp.ok()) return std::move(tmp).error(); \
  decl = std::move(tmp).value()
#define WEIR_TRY(decl, expr) WEIR_TRY_IMPL(WEIR_CONCAT(weir_try_, __COUNTER__), decl, expr)
#define WEIR_CHECK_OK(expr)                                                                  \
  do {                                                                                       \
    if (auto weir_status = (expr); !weir_status.ok()) return std::move(weir_status).error(); \
  } while (0)
