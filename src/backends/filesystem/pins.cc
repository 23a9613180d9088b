#include "backends/filesystem/pins.h"

namespace weir::backends {

bool Pins::take(const std::string& version) {
  std::lock_guard lock(mutex_);
  auto& body = bodies_[version];
  if (body.retired) return false;
  ++body.readers;
  return true;
}

void Pins::release(const std::string& version) {
  std::unique_lock lock(mutex_);
  auto found = bodies_.find(version);
  if (--found->second.readers > 0) return;
  auto files = std::move(found->second.files);
  if (!found->second.retired) return void(bodies_.erase(found));
  lock.unlock();  // the entry stays retired while the files go, so that nobody starts reading them
  remove_all(files);
  lock.lock();
  bodies_.erase(version);
}

void Pins::retire(const std::string& version, std::vector<std::string> files) {
  std::unique_lock lock(mutex_);
  auto& body = bodies_[version];
  body.retired = true;
  if (body.readers > 0) return void(body.files = std::move(files));
  lock.unlock();
  remove_all(files);
  lock.lock();
  bodies_.erase(version);
}

void Pins::remove_all(const std::vector<std::string>& files) {
  for (auto& file : files) remove_(file);
}

}  // namespace weir::backends
