// What a request says about an object, and what a response repeats.
#pragma once
#include <string>
#include <string_view>

#include "base/text.h"
#include "objects/backend.h"

namespace weir::services {

inline std::string quoted(std::string_view etag) { return '"' + std::string(etag) + '"'; }

// Content-Encoding without aws-chunked, which is of the transfer and not of the object.
std::optional<std::string> stored_encoding(const std::optional<std::string>& given);

template <class In>
base::Result<objects::Metadata> read_metadata(const In& in) {
  objects::Metadata out;
  if (in.ContentType && !in.ContentType->empty()) out.content_type = *in.ContentType;
  out.content_encoding = stored_encoding(in.ContentEncoding);
  out.content_language = in.ContentLanguage;
  out.content_disposition = in.ContentDisposition;
  out.cache_control = in.CacheControl;
  out.expires = in.Expires;
  for (auto& [name, value] : in.Metadata) out.user[base::to_lower(name)] = value;
  WEIR_CHECK_OK(objects::check_metadata(out));
  return out;
}

template <class Out>
void show_metadata(const objects::Metadata& metadata, Out& out) {
  out.ContentType = metadata.content_type;
  out.ContentEncoding = metadata.content_encoding;
  out.ContentLanguage = metadata.content_language;
  out.ContentDisposition = metadata.content_disposition;
  out.CacheControl = metadata.cache_control;
  out.Expires = metadata.expires;
  for (auto& [name, value] : metadata.user) out.Metadata.emplace(name, value);
}

// If-Match and If-None-Match of a write: the latter only as "*".
base::Result<objects::Conditions> write_conditions(const std::optional<std::string>& if_match,
                                                   const std::optional<std::string>& if_none_match);
base::Result<objects::Conditions> read_conditions(const std::optional<std::string>& if_match,
                                                  const std::optional<std::string>& if_none_match,
                                                  const std::optional<base::Instant>& if_modified_since,
                                                  const std::optional<base::Instant>& if_unmodified_since);

}  // namespace weir::services
