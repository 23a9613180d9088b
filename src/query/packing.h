// Messages as bytes: what one program of the same build writes the other one reads, member by member.
//
// A struct names its members once, for both ways:
//
//   template <class Packing> void pack(Packing& with, OfPacking<Packing, DataFile>& file) { with(file.path, file.size); }
//
// Reading never goes past the end and never makes more than there are bytes: what does not fit leaves the rest as it was,
// and `whole()` says no.
#pragma once
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace weir::query {

template <class T>
concept PackedAsItIs = std::is_arithmetic_v<T> || std::is_enum_v<T>;

class Packer {
 public:
  static constexpr bool kReads = false;
  explicit Packer(std::string& out) : out_(out) {}

  template <class... T>
  void operator()(const T&... values) {
    (one(values), ...);
  }

 private:
  template <PackedAsItIs T>
  void one(const T& value) {
    out_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void one(const std::string& text) {
    one(static_cast<uint64_t>(text.size()));
    out_ += text;
  }
  template <class T>
  void one(const std::optional<T>& value) {
    one(value.has_value());
    if (value) one(*value);
  }
  template <class T>
  void one(const std::vector<T>& items) {
    one(static_cast<uint64_t>(items.size()));
    for (const auto& item : items) one(item);
  }
  template <class T>
  requires std::is_class_v<T>
  void one(const T& value) { pack(*this, value); }

  std::string& out_;
};

class Unpacker {
 public:
  static constexpr bool kReads = true;
  explicit Unpacker(std::string_view in) : in_(in) {}

  template <class... T>
  void operator()(T&... values) {
    (one(values), ...);
  }
  // Whether everything that was asked for was there.
  bool whole() const { return whole_; }
  bool at_end() const { return in_.empty(); }
  bool done() const { return whole() && at_end(); }
  void fail() { whole_ = false; }

 private:
  bool take(void* into, size_t n) {
    whole_ = whole_ && n <= in_.size();
    if (!whole_) return false;
    std::memcpy(into, in_.data(), n);
    in_.remove_prefix(n);
    return true;
  }
  template <PackedAsItIs T>
  void one(T& value) {
    take(&value, sizeof value);
  }
  void one(bool& value) {
    uint8_t byte = 0;
    if (take(&byte, 1)) value = byte != 0;
  }
  void one(std::string& text) {
    uint64_t size = 0;
    one(size);
    whole_ = whole_ && size <= in_.size();
    if (!whole_) return;
    text.assign(in_.substr(0, size));
    in_.remove_prefix(size);
  }
  template <class T>
  void one(std::optional<T>& value) {
    bool there = false;
    one(there);
    if (there && whole_) one(value.emplace());
  }
  template <class T>
  void one(std::vector<T>& items) {
    uint64_t size = 0;
    one(size);
    whole_ = whole_ && size <= in_.size();  // each takes a byte at least
    for (uint64_t i = 0; i < size && whole_; ++i) one(items.emplace_back());
  }
  template <class T>
  requires std::is_class_v<T>
  void one(T& value) { pack(*this, value); }

  std::string_view in_;
  bool whole_ = true;
};

// What pack() takes: to be read into, or to be written.
template <class Packing, class T>
using OfPacking = std::conditional_t<Packing::kReads, T, const T>;

template <class T>
std::string packed(const T& value) {
  std::string out;
  Packer with(out);
  with(value);
  return out;
}

// Nothing when the bytes are not those of one T.
template <class T>
std::optional<T> unpacked(std::string_view bytes) {
  std::optional<T> out(std::in_place);
  Unpacker with(bytes);
  with(*out);
  if (!with.done()) out.reset();
  return out;
}

}  // namespace weir::query
