// Bodies of several files that readers are in the middle of: their files stay until the last reader goes.
//
// (A body of one file needs no pin: its reader has it open, and an open file outlives its name.)
//
// Threads: any.
#pragma once
#include <functional>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace weir::backends {

class Pins {
 public:
  using Remover = std::function<void(const std::string& file)>;
  explicit Pins(Remover remove) : remove_(std::move(remove)) {}

  // False when the body was retired: look at the index again.
  bool take(const std::string& version);
  void release(const std::string& version);
  // Removes the files now, or when the last reader releases the body.
  void retire(const std::string& version, std::vector<std::string> files);

 private:
  struct Body {
    size_t readers = 0;
    bool retired = false;
    std::vector<std::string> files;
  };
  void remove_all(const std::vector<std::string>& files);

  Remover remove_;
  std::mutex mutex_;
  std::unordered_map<std::string, Body> bodies_;
};

}  // namespace weir::backends
