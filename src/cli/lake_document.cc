#include "cli/lake_document.h"

#include <sys/mman.h>
#include <sys/stat.h>

#include <algorithm>

#include "cli/json_scanner.h"
#include "names/arn.h"

namespace weir::cli {
namespace {

using base::Json;

// Pretty text moved to the right; JSON text has line ends only between its tokens.
std::string indented(const std::string& text, std::string_view by) {
  std::string out(by);
  for (char c : text) {
    out += c;
    if (c == '\n') out += by;
  }
  return out;
}

struct Header {
  std::string format;
  std::optional<int64_t> version;
  std::string account;
  std::string region;
};

bool read_header(const std::string& name, const Json& value, Header& header) {
  if (name == "Format" && value.as_string()) return header.format = *value.as_string(), true;
  if (name == "Version" && value.as_int()) return header.version = *value.as_int(), true;
  if (name == "Account" && value.as_string()) return header.account = *value.as_string(), true;
  if (name == "Region" && value.as_string()) return header.region = *value.as_string(), true;
  return false;
}

base::Status check_version(const Header& header) {
  if (!header.version || *header.version == kLakeVersion) return {};
  return base::invalid("the document's Version is " + std::to_string(*header.version) + "; this program reads " +
                           std::to_string(kLakeVersion),
                       "document");
}

base::Status check_header(const Header& header) {
  if (header.format != kLakeFormat)
    return base::invalid("not a lake document: its Format is not \"weir-lake\"", "document");
  if (!header.version) return base::invalid("the document has no Version", "document");
  if (!names::is_account_id(header.account))
    return base::invalid("the document's Account is not an account id", "document");
  return {};
}

}  // namespace

base::Status DocumentWriter::put(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), file_) == text.size()) return {};
  return base::invalid("the document cannot be written", "output");
}

base::Status DocumentWriter::open(std::string_view account, std::string_view region) {
  return put("{\n  \"Format\": " + Json(kLakeFormat).dump() + ",\n  \"Version\": " + std::to_string(kLakeVersion) +
             ",\n  \"Account\": " + Json(account).dump() + ",\n  \"Region\": " + Json(region).dump());
}

void DocumentWriter::end_section(std::string& out) {
  if (in_section_) out += has_items_ ? "\n  ]" : "]";
}

base::Status DocumentWriter::begin(const Section& section) {
  std::string out;
  end_section(out);
  in_section_ = true;
  has_items_ = false;
  return put(out + ",\n  " + Json(section.name).dump() + ": [");
}

base::Status DocumentWriter::add(const Section&, const Json& item) {
  auto text = indented(item.dump_pretty(), "    ");
  WEIR_CHECK_OK(put((has_items_ ? ",\n" : "\n") + text));
  has_items_ = true;
  return {};
}

base::Status DocumentWriter::close() {
  std::string out;
  end_section(out);
  WEIR_CHECK_OK(put(out + "\n}\n"));
  if (std::fflush(file_) != 0) return base::invalid("the document cannot be written", "output");
  return {};
}

base::Result<std::shared_ptr<const FileText>> FileText::read(std::FILE* file) {
  std::shared_ptr<FileText> out(new FileText());
  struct stat about {};
  if (fstat(fileno(file), &about) == 0 && S_ISREG(about.st_mode) && about.st_size > 0) {
    auto* at = mmap(nullptr, static_cast<size_t>(about.st_size), PROT_READ, MAP_PRIVATE, fileno(file), 0);
    if (at != MAP_FAILED) {
      out->mapped_ = static_cast<const char*>(at);
      out->size_ = static_cast<size_t>(about.st_size);
      return std::shared_ptr<const FileText>(out);
    }
  }
  char buffer[65536];
  for (size_t n = 0; (n = std::fread(buffer, 1, sizeof buffer, file)) > 0;) out->held_.append(buffer, n);
  if (std::ferror(file)) return base::invalid("the document cannot be read", "document");
  return std::shared_ptr<const FileText>(out);
}

FileText::~FileText() {
  if (mapped_) munmap(const_cast<char*>(mapped_), size_);
}

base::Result<LakeDocument> LakeDocument::read(std::FILE* file) {
  WEIR_TRY(auto bytes, FileText::read(file));
  return parse(bytes->text(), bytes);
}

base::Result<LakeDocument> LakeDocument::parse(std::string_view text, std::shared_ptr<const void> owner) {
  LakeDocument out;
  out.owner_ = std::move(owner);
  Header header;
  JsonScanner scanner(text);
  std::vector<std::string> seen;
  WEIR_CHECK_OK(scanner.members([&](const std::string& name, std::string_view value) -> base::Status {
    if (std::find(seen.begin(), seen.end(), name) != seen.end())
      return base::invalid("the document has " + name + " twice", "document");
    seen.push_back(name);
    if (const auto* section = find_section(name)) {
      if (!value.starts_with('[')) return base::invalid(name + " is not a list", "document");
      out.spans_[section->name] = value;
      return {};
    }
    auto parsed = base::parse_json(value);
    if (parsed && read_header(name, *parsed, header)) return check_version(header);
    return base::invalid("the document has a member " + Json(name).dump() + " that this program does not know",
                         "document");
  }));
  WEIR_CHECK_OK(check_header(header));
  out.account_ = header.account;
  out.region_ = header.region;
  return out;
}

base::Status LakeDocument::each(const Section& section, const Visit& visit) const {
  auto found = spans_.find(section.name);
  if (found == spans_.end()) return {};
  size_t number = 0;
  return JsonScanner(found->second).elements([&](std::string_view text) -> base::Status {
    ++number;
    auto item = base::parse_json(text);
    if (item && item->as_object()) return visit(*item);
    return base::invalid("item " + std::to_string(number) + " of " + std::string(section.name) +
                             " is not a JSON object that can be read" + (item ? "" : ": " + item.error().says),
                         "document");
  });
}

}  // namespace weir::cli
