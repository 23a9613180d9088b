// What the members of generated structs are made of.
//
// One rule: a member that is absent on the wire is absent in the struct, and nothing else is.
//   scalars, structures  std::optional<T>
//   lists, maps          List<T>, Map<T>: a std::vector or std::map that also knows whether it was given, because
//                        "no default permissions" ([]) and "nothing said" differ (glue CreateDatabase)
//   recursive structures std::optional<Box<T>>
#pragma once
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace weir::wire {

// INVARIANT: a list with elements is given.
template <class T>
class List : public std::vector<T> {
 public:
  using Items = std::vector<T>;
  List() = default;
  List(Items items) : Items(std::move(items)), given_(true) {}  // NOLINT(google-explicit-constructor)
  List(std::initializer_list<T> items) : Items(items), given_(true) {}
  template <class It>
  List(It first, It last) : Items(first, last), given_(true) {}

  bool given() const { return given_ || !this->empty(); }
  List& give() { return given_ = true, *this; }
  const Items& items() const { return *this; }
  Items& items() { return *this; }

 private:
  bool given_ = false;
};

// INVARIANT: a map with entries is given.
template <class T>
class Map : public std::map<std::string, T> {
 public:
  using Items = std::map<std::string, T>;
  Map() = default;
  Map(Items items) : Items(std::move(items)), given_(true) {}  // NOLINT(google-explicit-constructor)
  Map(std::initializer_list<typename Items::value_type> items) : Items(items), given_(true) {}

  bool given() const { return given_ || !this->empty(); }
  Map& give() { return given_ = true, *this; }
  const Items& items() const { return *this; }
  Items& items() { return *this; }

 private:
  bool given_ = false;
};

// A T on the heap, copied with its owner; never null. Lets a struct contain itself.
template <class T>
class Box {
 public:
  Box() : value_(std::make_unique<T>()) {}
  Box(T value) : value_(std::make_unique<T>(std::move(value))) {}  // NOLINT(google-explicit-constructor)
  Box(const Box& other) : value_(std::make_unique<T>(*other.value_)) {}
  Box& operator=(const Box& other) { return *value_ = *other.value_, *this; }
  // A moved-from box keeps a value: moving swaps.
  Box(Box&& other) : Box() { value_.swap(other.value_); }
  Box& operator=(Box&& other) noexcept { return value_.swap(other.value_), *this; }
  ~Box() = default;

  T& operator*() { return *value_; }
  const T& operator*() const { return *value_; }
  T* operator->() { return value_.get(); }
  const T* operator->() const { return value_.get(); }

 private:
  std::unique_ptr<T> value_;
};

}  // namespace weir::wire
