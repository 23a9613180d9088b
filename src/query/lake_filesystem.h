// The only file system governed queries have: read-only, and a path opens only while its run lives.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "duckdb/common/file_system.hpp"
#include "query/query_run.h"

namespace weir::query {

// The runs whose paths may be opened. Shared by an instance's file system and its engine.
class OpenRuns {
 public:
  void add(const std::shared_ptr<QueryRun>& run);
  void remove(const QueryRun& run);
  std::shared_ptr<QueryRun> run_of_path(const std::string& path) const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::weak_ptr<QueryRun>> runs_;
};

class LakeFileSystem : public duckdb::FileSystem {
 public:
  explicit LakeFileSystem(std::shared_ptr<OpenRuns> runs) : runs_(std::move(runs)) {}

  duckdb::unique_ptr<duckdb::FileHandle> OpenFile(const duckdb::string& path, duckdb::FileOpenFlags flags,
                                                  duckdb::optional_ptr<duckdb::FileOpener> opener) override;
  void Read(duckdb::FileHandle& handle, void* buffer, int64_t n, duckdb::idx_t offset) override;
  int64_t Read(duckdb::FileHandle& handle, void* buffer, int64_t n) override;
  int64_t GetFileSize(duckdb::FileHandle& handle) override;
  duckdb::timestamp_t GetLastModifiedTime(duckdb::FileHandle& handle) override;
  duckdb::FileType GetFileType(duckdb::FileHandle& handle) override;
  bool FileExists(const duckdb::string& path, duckdb::optional_ptr<duckdb::FileOpener> opener) override;
  duckdb::vector<duckdb::OpenFileInfo> Glob(const duckdb::string& path, duckdb::FileOpener* opener) override;
  bool CanHandleFile(const duckdb::string& path) override;
  void Seek(duckdb::FileHandle& handle, duckdb::idx_t offset) override;
  duckdb::idx_t SeekPosition(duckdb::FileHandle& handle) override;
  bool CanSeek() override { return true; }
  bool OnDiskFile(duckdb::FileHandle&) override { return false; }
  std::string GetName() const override { return "LakeFileSystem"; }

 private:
  std::shared_ptr<OpenRuns> runs_;
};

}  // namespace weir::query
