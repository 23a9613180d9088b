// Result<T>: a value or an Error. Status is Result<void>.
//
//   WEIR_TRY(auto table, tables.get(name));   // returns the Error to our caller, or binds the value
//   WEIR_CHECK_OK(store.put(key, value));     // the same for a Status
#pragma once
#include <optional>
#include <utility>
#include <variant>

#include "base/check.h"
#include "base/error.h"

namespace weir::base {

template <class T>
class [[nodiscard]] Result {
 public:
  using value_type = T;
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  T& value() & { return CHECK_TRUE(ok(), "value() of a failed Result"), std::get<0>(state_); }
  const T& value() const& { return CHECK_TRUE(ok(), "value() of a failed Result"), std::get<0>(state_); }
  T&& value() && { return CHECK_TRUE(ok(), "value() of a failed Result"), std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  Error& error() & { return std::get<1>(state_); }
  const Error& error() const& { return std::get<1>(state_); }
  Error&& error() && { return std::get<1>(std::move(state_)); }

 private:
  std::variant<T, Error> state_;
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
