// The address under which people and other servers reach this one: what links begin with. Known when the server
// listens, which is after everything that makes links was put together.
//
// Threads: any.
#pragma once
#include <mutex>
#include <string>

namespace weir::app {

class PublicUrl {
 public:
  // "https://lake.example.org", without a slash at the end. Whoever sets it first is heard.
  void set(std::string url) {
    std::lock_guard lock(mutex_);
    if (url_.empty()) url_ = std::move(url);
  }
  std::string get() const {
    std::lock_guard lock(mutex_);
    return url_;
  }

 private:
  mutable std::mutex mutex_;
  std::string url_;
};

}  // namespace weir::app
