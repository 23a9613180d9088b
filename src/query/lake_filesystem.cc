#include "query/lake_filesystem.h"

namespace weir::query {
namespace {

constexpr std::string_view kScheme = "lake://";

struct LakeHandle : duckdb::FileHandle {
  LakeHandle(duckdb::FileSystem& system, const std::string& path, duckdb::FileOpenFlags flags,
             std::shared_ptr<QueryRun> of, std::shared_ptr<const OpenableFile> opened)
      : FileHandle(system, path, flags), run(std::move(of)), openable(std::move(opened)) {}
  void Close() override {}
  uint64_t size() const { return *openable->file.size; }

  std::shared_ptr<QueryRun> run;
  std::shared_ptr<const OpenableFile> openable;
  duckdb::idx_t position = 0;
};

LakeHandle& lake(duckdb::FileHandle& handle) { return static_cast<LakeHandle&>(handle); }

base::Error cut_short(const LakeHandle& handle) {
  auto error =
      base::fail(base::Kind::unavailable,
                 "A data file of table " + handle.openable->table + " changed while the query read it.", "data file");
  error.log = "short read of " + handle.openable->file.path;
  return error;
}

void read_fully(LakeHandle& handle, char* into, uint64_t n, uint64_t offset) {
  if (offset > handle.size() || n > handle.size() - offset) abort_run(*handle.run, cut_short(handle));
  while (n > 0) {
    auto got = or_abort(*handle.run, handle.run->lake().read(handle.openable->file, offset, into, n));
    if (got == 0 || got > n) abort_run(*handle.run, cut_short(handle));
    into += got;
    offset += got;
    n -= got;
  }
}

}  // namespace

void OpenRuns::add(const std::shared_ptr<QueryRun>& run) {
  std::lock_guard lock(mutex_);
  runs_[run->secret()] = run;
}

void OpenRuns::remove(const QueryRun& run) {
  std::lock_guard lock(mutex_);
  runs_.erase(run.secret());
}

std::shared_ptr<QueryRun> OpenRuns::run_of_path(const std::string& path) const {
  if (!path.starts_with(kScheme)) return nullptr;
  auto end = path.find('/', kScheme.size());
  if (end == std::string::npos) return nullptr;
  std::lock_guard lock(mutex_);
  auto found = runs_.find(path.substr(kScheme.size(), end - kScheme.size()));
  return found == runs_.end() ? nullptr : found->second.lock();
}

duckdb::unique_ptr<duckdb::FileHandle> LakeFileSystem::OpenFile(const duckdb::string& path, duckdb::FileOpenFlags flags,
                                                                duckdb::optional_ptr<duckdb::FileOpener>) {
  if (flags.OpenForWriting()) throw duckdb::PermissionException("the lake is read-only");
  auto run = runs_->run_of_path(path);
  auto openable = run ? run->file_at(path) : nullptr;
  if (!openable) throw duckdb::PermissionException("no such file in the lake");
  return duckdb::make_uniq<LakeHandle>(*this, path, flags, std::move(run), std::move(openable));
}

void LakeFileSystem::Read(duckdb::FileHandle& handle, void* buffer, int64_t n, duckdb::idx_t offset) {
  read_fully(lake(handle), static_cast<char*>(buffer), static_cast<uint64_t>(n), offset);
}

int64_t LakeFileSystem::Read(duckdb::FileHandle& handle, void* buffer, int64_t n) {
  auto& file = lake(handle);
  auto left = static_cast<int64_t>(file.size() - std::min<uint64_t>(file.position, file.size()));
  n = std::min(n, left);
  read_fully(file, static_cast<char*>(buffer), static_cast<uint64_t>(n), file.position);
  file.position += static_cast<duckdb::idx_t>(n);
  return n;
}

int64_t LakeFileSystem::GetFileSize(duckdb::FileHandle& handle) { return static_cast<int64_t>(lake(handle).size()); }

duckdb::timestamp_t LakeFileSystem::GetLastModifiedTime(duckdb::FileHandle&) { return duckdb::timestamp_t(0); }

duckdb::FileType LakeFileSystem::GetFileType(duckdb::FileHandle&) { return duckdb::FileType::FILE_TYPE_REGULAR; }

bool LakeFileSystem::FileExists(const duckdb::string& path, duckdb::optional_ptr<duckdb::FileOpener>) {
  auto run = runs_->run_of_path(path);
  return run && run->file_at(path);
}

duckdb::vector<duckdb::OpenFileInfo> LakeFileSystem::Glob(const duckdb::string& path, duckdb::FileOpener*) {
  duckdb::vector<duckdb::OpenFileInfo> found;
  if (FileExists(path, nullptr)) found.emplace_back(path);
  return found;
}

bool LakeFileSystem::CanHandleFile(const duckdb::string& path) { return path.starts_with(kScheme); }

void LakeFileSystem::Seek(duckdb::FileHandle& handle, duckdb::idx_t offset) { lake(handle).position = offset; }

duckdb::idx_t LakeFileSystem::SeekPosition(duckdb::FileHandle& handle) { return lake(handle).position; }

}  // namespace weir::query
