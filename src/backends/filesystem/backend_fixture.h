// For the tests of this folder: a directory that goes away, and a backend in it that can be reopened.
#pragma once
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "backends/filesystem/filesystem_backend.h"
#include "store/sqlite_store.h"

namespace weir::backends {

class ScratchDirectory {
 public:
  ScratchDirectory() {
    // In memory where there is such a place: kill -9 does not tell it from a disk, and syncs cost nothing.
    std::filesystem::path shm = "/dev/shm";
    auto parent = std::filesystem::exists(shm) ? shm : std::filesystem::temp_directory_path();
    auto pattern = (parent / "weir-objects-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~ScratchDirectory() { std::filesystem::remove_all(path_); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// Everything one process has of a backend; making another one after it is a restart.
struct Running {
  explicit Running(const std::string& directory, FilesystemOptions options = {.part_bytes_min = 4}) {
    store = std::move(store::SqliteStore::open(directory + "/index.db")).value();
    backend = std::move(FilesystemBackend::open(*store, directory + "/data", clock, randomness, options)).value();
  }
  base::SystemClock clock;
  base::SystemRandomness randomness;
  std::unique_ptr<store::Store> store;
  std::unique_ptr<FilesystemBackend> backend;
};

inline base::Result<objects::ObjectInfo> put(FilesystemBackend& backend, std::string_view bucket, std::string_view key,
                                             std::string_view bytes, objects::Conditions conditions = {}) {
  WEIR_TRY(auto writer, backend.begin_put(bucket, key));
  WEIR_CHECK_OK(writer->write(bytes));
  return writer->finish({.conditions = std::move(conditions)});
}

inline base::Result<std::string> read_all(objects::ObjectReader& reader) {
  std::string out(static_cast<size_t>(reader.info().size), '\0');
  for (size_t at = 0; at < out.size();) {
    WEIR_TRY(auto n, reader.read(at, out.data() + at, out.size() - at));
    if (n == 0) return base::internal("a short object");
    at += n;
  }
  return out;
}
inline base::Result<std::string> get(FilesystemBackend& backend, std::string_view bucket, std::string_view key) {
  WEIR_TRY(auto reader, backend.open(bucket, key));
  return read_all(*reader);
}

inline size_t files_below(const std::string& directory) {
  size_t n = 0;
  for (auto& entry : std::filesystem::recursive_directory_iterator(directory)) n += entry.is_regular_file();
  return n;
}

class FilesystemBackendTest : public ::testing::Test {
 protected:
  FilesystemBackendTest() { EXPECT_TRUE(backend().create_bucket("lake", "111122223333", "us-east-1").ok()); }
  FilesystemBackend& backend() { return *running_->backend; }
  void restart(FilesystemOptions options = {.part_bytes_min = 4}) {
    running_.reset();
    running_.emplace(scratch_.path(), options);
  }
  size_t body_files() const { return files_below(scratch_.path() + "/data"); }
  static std::string big(char c, size_t n = 100'000) { return std::string(n, c); }

  ScratchDirectory scratch_;
  std::optional<Running> running_{std::in_place, scratch_.path()};
};

}  // namespace weir::backends
