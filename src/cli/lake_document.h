// The lake document: one JSON object that holds a catalog and its governance (docs/export.md).
//
//   {"Format": "weir-lake", "Version": 1, "Account": "...", "Region": "...", "Databases": [...], ...}
//
// Written and read item by item: a section may be larger than memory would like.
//  1. What is written depends on the items alone: two equal lakes make equal bytes.
//  2. A document is refused as a whole (Kind::invalid, with the place) before any item is handed out when its frame is
//     damaged: cut off, an unknown member, one given twice, another format or version.
// One thread each.
#pragma once
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/json.h"
#include "cli/lake_section.h"

namespace weir::cli {

inline constexpr std::string_view kLakeFormat = "weir-lake";
inline constexpr int64_t kLakeVersion = 1;

// Receives a lake, section by section, items in the order of the document.
class LakeSink {
 public:
  virtual ~LakeSink() = default;
  virtual base::Status begin(const Section& section) = 0;
  virtual base::Status add(const Section& section, const base::Json& item) = 0;
};

class DocumentWriter final : public LakeSink {
 public:
  explicit DocumentWriter(std::FILE* file) : file_(file) {}
  base::Status open(std::string_view account, std::string_view region);
  base::Status begin(const Section& section) override;
  base::Status add(const Section& section, const base::Json& item) override;
  base::Status close();

 private:
  base::Status put(std::string_view text);
  void end_section(std::string& out);
  std::FILE* file_;
  bool in_section_ = false;
  bool has_items_ = false;
};

// A file's bytes, mapped where that can be done.
class FileText {
 public:
  static base::Result<std::shared_ptr<const FileText>> read(std::FILE* file);
  ~FileText();
  FileText(const FileText&) = delete;
  FileText& operator=(const FileText&) = delete;
  std::string_view text() const { return mapped_ ? std::string_view(mapped_, size_) : std::string_view(held_); }

 private:
  FileText() = default;
  const char* mapped_ = nullptr;
  size_t size_ = 0;
  std::string held_;
};

class LakeDocument {
 public:
  // The text lives as long as `owner`.
  static base::Result<LakeDocument> parse(std::string_view text, std::shared_ptr<const void> owner = {});
  static base::Result<LakeDocument> read(std::FILE* file);

  const std::string& account() const { return account_; }
  const std::string& region() const { return region_; }
  bool has(const Section& section) const { return spans_.contains(section.name); }

  // The items of a section as they stand. Kind::invalid for one that is no JSON object.
  using Visit = std::function<base::Status(const base::Json&)>;
  base::Status each(const Section& section, const Visit& visit) const;

 private:
  std::shared_ptr<const void> owner_;
  std::string account_;
  std::string region_;
  std::map<std::string_view, std::string_view> spans_;  // a section's list as it stands
};

}  // namespace weir::cli
