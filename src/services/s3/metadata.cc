#include "services/s3/metadata.h"

namespace weir::services {
namespace {

base::Status take_etags(const std::optional<std::string>& header, std::optional<objects::EtagSet>& into) {
  if (!header) return {};
  WEIR_TRY(into, objects::parse_etags(*header));
  return {};
}

}  // namespace

std::optional<std::string> stored_encoding(const std::optional<std::string>& given) {
  if (!given) return std::nullopt;
  std::string kept;
  for (auto piece : base::split(*given, ',')) {
    piece = base::trim(piece);
    if (piece.empty() || base::equal_ignoring_case(piece, "aws-chunked")) continue;
    if (!kept.empty()) kept += ',';
    kept += piece;
  }
  return kept.empty() ? std::nullopt : std::optional(kept);
}

base::Result<objects::Conditions> write_conditions(const std::optional<std::string>& if_match,
                                                   const std::optional<std::string>& if_none_match) {
  objects::Conditions conditions;
  WEIR_CHECK_OK(take_etags(if_match, conditions.if_match));
  WEIR_CHECK_OK(take_etags(if_none_match, conditions.if_none_match));
  if (conditions.if_none_match && !conditions.if_none_match->any)
    return base::fail(base::Kind::unsupported, "A header you provided implies functionality that is not implemented",
                      "if-none-match");
  return conditions;
}

base::Result<objects::Conditions> read_conditions(const std::optional<std::string>& if_match,
                                                  const std::optional<std::string>& if_none_match,
                                                  const std::optional<base::Instant>& if_modified_since,
                                                  const std::optional<base::Instant>& if_unmodified_since) {
  objects::Conditions conditions;
  WEIR_CHECK_OK(take_etags(if_match, conditions.if_match));
  WEIR_CHECK_OK(take_etags(if_none_match, conditions.if_none_match));
  conditions.if_modified_since = if_modified_since;
  conditions.if_unmodified_since = if_unmodified_since;
  return conditions;
}

}  // namespace weir::services
