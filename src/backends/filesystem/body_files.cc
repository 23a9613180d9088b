#include "backends/filesystem/body_files.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/log.h"
#include "base/text.h"

namespace weir::backends {
namespace {

using base::Result;
using base::Status;

constexpr size_t kShardDigits = 2, kRunDigits = 8, kRandomDigits = 22;

std::string shard_name(int shard) { return base::hex(std::string(1, static_cast<char>(shard))); }
std::string shard_of(const std::string& id) { return id.substr(0, kShardDigits); }
std::string path_of(const std::string& id) { return shard_of(id) + "/" + id; }

bool is_id(std::string_view name) {
  return name.size() == kShardDigits + kRunDigits + kRandomDigits &&
         name.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

Status make_shards(int directory) {
  for (int shard = 0; shard < BodyFiles::kShards; ++shard)
    if (::mkdirat(directory, shard_name(shard).c_str(), 0700) != 0 && errno != EEXIST)
      return failed("make", shard_name(shard));
  if (::fsync(directory) != 0) return failed("sync", "data directory");
  return {};
}

}  // namespace

Result<std::unique_ptr<BodyFiles>> BodyFiles::open(const std::string& directory, base::Randomness& randomness) {
  if (::mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST) return failed("make", directory);
  Descriptor opened(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened.open()) return failed("open", directory);
  WEIR_CHECK_OK(make_shards(opened.get()));
  return std::unique_ptr<BodyFiles>(new BodyFiles(std::move(opened), randomness));
}

BodyFiles::BodyFiles(Descriptor directory, base::Randomness& randomness)
    : directory_(std::move(directory)), randomness_(randomness), run_(base::hex(randomness.bytes(kRunDigits / 2))) {}

std::string BodyFiles::fresh_id() {
  auto random = base::hex(randomness_.bytes((kShardDigits + kRandomDigits) / 2));
  return random.substr(0, kShardDigits) + run_ + random.substr(kShardDigits);
}
bool BodyFiles::made_by_this_run(const std::string& id) const {
  return id.compare(kShardDigits, kRunDigits, run_) == 0;
}

Result<NewFile> BodyFiles::create() {
  NewFile fresh{fresh_id(), {}};
  fresh.file =
      Descriptor(::openat(directory_.get(), path_of(fresh.id).c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!fresh.file.open()) return failed("create", fresh.id);
  return fresh;
}

Status BodyFiles::seal(const NewFile& fresh) {
  if (::fdatasync(fresh.file.get()) != 0) return failed("sync", fresh.id);
  return sync_shard(fresh.id);
}

Status BodyFiles::sync_shard(const std::string& id) const {
  Descriptor shard(::openat(directory_.get(), shard_of(id).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!shard.open() || ::fsync(shard.get()) != 0) return failed("sync", shard_of(id));
  return {};
}

Result<Descriptor> BodyFiles::open_body(const std::string& id) const {
  Descriptor body(::openat(directory_.get(), path_of(id).c_str(), O_RDONLY | O_CLOEXEC));
  if (!body.open()) return failed("open", id);
  return body;
}

Result<std::string> BodyFiles::duplicate(const std::string& id) {
  auto second = fresh_id();
  if (::linkat(directory_.get(), path_of(id).c_str(), directory_.get(), path_of(second).c_str(), 0) != 0) {
    if (errno == EMLINK || errno == EPERM || errno == EOPNOTSUPP) return copy_bytes(id);
    return failed("link", id);
  }
  WEIR_CHECK_OK(sync_shard(second));
  return second;
}

Result<std::string> BodyFiles::copy_bytes(const std::string& id) {
  WEIR_TRY(auto from, open_body(id));
  WEIR_TRY(auto to, create());
  std::string buffer(1 << 20, '\0');
  for (uint64_t at = 0;;) {
    WEIR_TRY(auto n, read_at(from, at, buffer.data(), buffer.size()));
    if (n == 0) break;
    WEIR_CHECK_OK(write_all(to.file, std::string_view(buffer).substr(0, n)));
    at += n;
  }
  WEIR_CHECK_OK(seal(to));
  return std::move(to.id);
}

void BodyFiles::remove(const std::string& id) const {
  if (::unlinkat(directory_.get(), path_of(id).c_str(), 0) != 0 && errno != ENOENT)
    base::log_warn("objects.body_left_behind", {{"file", id}, {"cause", failed("remove", id).log}});
}

Result<std::vector<std::string>> BodyFiles::names(int shard) const {
  int fd = ::openat(directory_.get(), shard_name(shard).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  std::unique_ptr<DIR, int (*)(DIR*)> opened(fd >= 0 ? ::fdopendir(fd) : nullptr, ::closedir);
  if (!opened) return failed("list", shard_name(shard));
  std::vector<std::string> names;
  while (auto* entry = ::readdir(opened.get()))
    if (is_id(entry->d_name)) names.emplace_back(entry->d_name);
  return names;
}

}  // namespace weir::backends
