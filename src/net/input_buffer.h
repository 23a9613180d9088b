// The bytes received and not yet consumed. Grows for heads and bodies, and gives the room back.
#pragma once
#include <cstring>
#include <memory>
#include <string_view>

namespace weir::net {

class InputBuffer {
 public:
  explicit InputBuffer(size_t capacity) { reserve(capacity); }

  std::string_view bytes() const { return {data_.get() + begin_, end_ - begin_}; }
  bool empty() const { return begin_ == end_; }
  size_t size() const { return end_ - begin_; }
  size_t capacity() const { return capacity_; }

  void consume(size_t n) {
    begin_ += n;
    if (begin_ == end_) begin_ = end_ = 0;
  }
  // Where the next bytes go. Moves what is left to the front when there is no room behind it.
  char* room() {
    if (end_ == capacity_ && begin_ > 0) move_to(std::move(data_), capacity_);
    return data_.get() + end_;
  }
  size_t room_size() const { return capacity_ - end_; }
  // Forgets everything and offers all of the room.
  char* start_over() {
    begin_ = end_ = 0;
    return data_.get();
  }
  void filled(size_t n) { end_ += n; }
  // At least what is in it; otherwise exactly `capacity`.
  void reserve(size_t capacity) {
    capacity = capacity < size() ? size() : capacity;
    if (capacity != capacity_) move_to(std::make_unique_for_overwrite<char[]>(capacity), capacity);
  }

 private:
  void move_to(std::unique_ptr<char[]> place, size_t capacity) {
    auto left = size();
    if (left > 0) std::memmove(place.get(), (data_ ? data_.get() : place.get()) + begin_, left);
    data_ = std::move(place);
    capacity_ = capacity;
    begin_ = 0;
    end_ = left;
  }

  std::unique_ptr<char[]> data_;
  size_t capacity_ = 0, begin_ = 0, end_ = 0;
};

}  // namespace weir::net
