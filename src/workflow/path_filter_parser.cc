#include "base/text.h"
#include "workflow/limits.h"
#include "workflow/path_parser.h"

namespace weir::workflow {
namespace {

// Counts how deep filters and parentheses stand in each other.
struct Deeper {
  explicit Deeper(size_t& depth) : depth(depth) { ++depth; }
  ~Deeper() { --depth; }
  size_t& depth;
};

PathFilter joined(PathFilter::Kind kind, std::vector<PathFilter> parts) {
  if (parts.size() == 1) return std::move(parts[0]);
  PathFilter out;
  out.kind = kind;
  out.parts = std::move(parts);
  return out;
}

}  // namespace

Result<PathFilter> PathParser::alternatives() {
  Deeper deeper(depth_);
  if (depth_ > kPathDepthMax) return wrong("filters stand too deep in each other");
  std::vector<PathFilter> parts;
  do {
    WEIR_TRY(auto part, conjunction());
    parts.push_back(std::move(part));
    spaces();
  } while (eat("||"));
  return joined(PathFilter::Kind::any, std::move(parts));
}

Result<PathFilter> PathParser::conjunction() {
  std::vector<PathFilter> parts;
  do {
    WEIR_TRY(auto part, term());
    parts.push_back(std::move(part));
    spaces();
  } while (eat("&&"));
  return joined(PathFilter::Kind::all, std::move(parts));
}

Result<PathFilter> PathParser::term() {
  Deeper deeper(depth_);
  if (depth_ > 2 * kPathDepthMax) return wrong("filters stand too deep in each other");
  spaces();
  if (eat("!")) {
    PathFilter out;
    out.kind = PathFilter::Kind::negation;
    WEIR_TRY(auto inner, term());
    out.parts.push_back(std::move(inner));
    return out;
  }
  if (!eat("(")) return comparison();
  WEIR_TRY(auto inner, alternatives());
  spaces();
  if (!eat(")")) return wrong("')' was expected");
  return inner;
}

Result<PathFilter> PathParser::comparison() {
  PathFilter out;
  WEIR_TRY(out.left, operand());
  if (auto how = relation()) {
    out.kind = PathFilter::Kind::compare;
    out.relation = *how;
    WEIR_TRY(out.right, operand());
  } else if (!std::holds_alternative<Path>(out.left)) {
    return wrong("a comparison was expected");
  }
  return out;
}

std::optional<PathFilter::Relation> PathParser::relation() {
  using Relation = PathFilter::Relation;
  static constexpr std::pair<std::string_view, Relation> kRelations[] = {{"==", Relation::equal},
                                                                         {"!=", Relation::unequal},
                                                                         {"<=", Relation::less_or_equal},
                                                                         {">=", Relation::greater_or_equal},
                                                                         {"<", Relation::less},
                                                                         {">", Relation::greater},
                                                                         {"in ", Relation::in}};
  spaces();
  for (auto& [token, value] : kRelations)
    if (eat(token)) return value;
  return std::nullopt;
}

Result<PathFilter::Operand> PathParser::operand() {
  spaces();
  if (sees("@") || sees("$")) {
    WEIR_TRY(auto inner, path());
    bool bound = inner.root() == Path::Root::current || inner.root() == Path::Root::input;
    if (!bound) return wrong("a filter reads below '@' and '$'");
    return PathFilter::Operand(std::move(inner));
  }
  WEIR_TRY(auto value, sees("[") ? list() : literal());
  return PathFilter::Operand(std::move(value));
}

Result<Json> PathParser::list() {
  eat("[");
  Json::Array out;
  spaces();
  if (eat("]")) return Json(std::move(out));
  do {
    spaces();
    WEIR_TRY(auto item, literal());
    out.push_back(std::move(item));
    spaces();
  } while (eat(","));
  if (!eat("]")) return wrong("']' was expected");
  return Json(std::move(out));
}

Result<Json> PathParser::literal() {
  if (sees("'") || sees("\"")) {
    WEIR_TRY(auto text, quoted());
    return Json(std::move(text));
  }
  size_t end = at_;
  while (end < text_.size() && std::string_view(" \t,)]=<>!&|").find(text_[end]) == std::string_view::npos) ++end;
  auto value = base::parse_json(text_.substr(at_, end - at_));
  if (!value.ok() || value->as_array() || value->as_object()) return wrong("a literal was expected");
  at_ = end;
  return std::move(*value);
}

}  // namespace weir::workflow
