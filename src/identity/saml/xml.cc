#include "identity/saml/xml.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/valid.h>

#include <algorithm>
#include <set>

#include "base/text.h"

namespace weir::identity::saml {
namespace {

std::string_view view(const xmlChar* text) {
  return text ? std::string_view(reinterpret_cast<const char*>(text)) : std::string_view();
}

base::Error malformed(std::string why) { return base::internal("xml: " + std::move(why)); }

bool is_blank(std::string_view text) { return base::trim(text).empty(); }

// The value of an attribute that the parser kept as one text; entities would be further children.
std::optional<std::string> value_of(const xmlAttr* attribute) {
  auto* child = attribute->children;
  if (!child) return "";
  if (child->next || child->type != XML_TEXT_NODE) return std::nullopt;
  return std::string(view(child->content));
}

// What some reader of SAML, WS-Security or XML encryption takes for an identifier.
bool is_identifier(const xmlAttr* attribute) {
  auto name = view(attribute->name);
  return base::equal_ignoring_case(name, "id") || base::equal_ignoring_case(name, "assertionid") ||
         base::equal_ignoring_case(name, "requestid") || base::equal_ignoring_case(name, "responseid");
}

// The next node in document order, with the level it is on.
xmlNode* step(xmlNode* node, size_t& depth) {
  if (node->type == XML_ELEMENT_NODE && node->children) return ++depth, node->children;
  while (node && !node->next) {
    node = node->parent;
    if (!node || node->type == XML_DOCUMENT_NODE) return nullptr;
    --depth;
  }
  return node ? node->next : nullptr;
}

// Walks the tree once and holds it against the rules.
class Inspection {
 public:
  explicit Inspection(const Rules& rules) : rules_(rules) {}

  base::Status inspect(xmlDoc* document) {
    size_t depth = 1;
    for (auto* node = document->children; node; node = step(node, depth)) {
      if (++nodes_ > rules_.nodes_max) return malformed("too many nodes");
      if (depth > kDepthMax) return malformed("nested too deeply");
      WEIR_CHECK_OK(kind(*node));
      if (node->type == XML_ELEMENT_NODE) WEIR_CHECK_OK(attributes(*node));
    }
    return {};
  }

 private:
  base::Status kind(const xmlNode& node) const {
    if (node.type == XML_ELEMENT_NODE || node.type == XML_TEXT_NODE) return {};
    if (node.type == XML_COMMENT_NODE && rules_.comments) return {};
    return malformed("a node of kind " + std::to_string(node.type) + " (comment, CDATA, instruction or reference)");
  }

  base::Status attributes(const xmlNode& element) {
    size_t count = 0;
    for (auto* each = element.nsDef; each; each = each->next) ++count;
    for (auto* each = element.properties; each; each = each->next) {
      ++count;
      if (!is_identifier(each)) continue;
      if (each->ns && view(each->ns->prefix) == "xml") return malformed("an xml:id");
      auto value = value_of(each);
      if (!value || !identifiers_.insert(*value).second) return malformed("an identifier twice");
    }
    if (count > kAttributesMax) return malformed("too many attributes");
    return {};
  }

  const Rules& rules_;
  size_t nodes_ = 0;
  std::set<std::string> identifiers_;
};

// Before any tree is made. In what may stand here "<!" opens only comments, CDATA and document types.
base::Status check_text(std::string_view text, const Rules& rules) {
  if (text.empty() || text.size() > rules.bytes_max) return malformed("too long or empty");
  if (!base::is_valid_utf8(text)) return malformed("not UTF-8");
  if (text.find(rules.comments ? "<!DOCTYPE" : "<!") != std::string_view::npos)
    return malformed("a document type, comment or CDATA section");
  return {};
}

void ignore_error(void*, xmlErrorPtr) {}

// A name that is safe inside the pointer expression which a signature's "#id" becomes.
bool is_plain_id(std::string_view id) {
  auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  auto inner = [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.'; };
  return !id.empty() && id.size() <= 256 && letter(id.front()) && std::all_of(id.begin(), id.end(), inner);
}

}  // namespace

void Document::Free::operator()(_xmlDoc* document) const { xmlFreeDoc(document); }

// The encoding is forced, so that a declared UTF-16 cannot smuggle a document type past check_text.
base::Result<Document> Document::parse(std::string_view text, const Rules& rules) {
  static const bool ready = (xmlInitParser(), true);
  (void)ready;
  WEIR_CHECK_OK(check_text(text, rules));
  xmlSetStructuredErrorFunc(nullptr, ignore_error);  // per thread, and xmlsec's canonicalizer reports there too
  constexpr int kOptions = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
  Document document(xmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, "UTF-8", kOptions));
  if (!document.document_) return malformed("not well-formed");
  if (document.document_->intSubset || document.document_->extSubset) return malformed("a document type");
  WEIR_CHECK_OK(Inspection(rules).inspect(document.get()));
  return document;
}

Element Document::root() const { return Element(xmlDocGetRootElement(document_.get())); }

size_t Document::count(std::string_view ns, std::string_view name) const {
  size_t found = 0, depth = 1;
  for (auto* node = document_->children; node; node = step(node, depth))
    if (node->type == XML_ELEMENT_NODE && Element(node).is(ns, name)) ++found;
  return found;
}

base::Status Document::register_id(Element element) const {
  auto* attribute = xmlHasNsProp(element.node(), BAD_CAST "ID", nullptr);
  auto id = attribute ? value_of(attribute) : std::nullopt;
  if (!id || !is_plain_id(*id)) return malformed("an ID that is absent or no plain name");
  auto* known = xmlGetID(document_.get(), BAD_CAST id->c_str());
  if (known == attribute) return {};
  if (known || !xmlAddID(nullptr, document_.get(), BAD_CAST id->c_str(), attribute))
    return malformed("an ID that is taken");
  return {};
}

bool Element::is(std::string_view ns, std::string_view name) const {
  return node_ && node_->ns && view(node_->ns->href) == ns && view(node_->name) == name;
}

std::string_view Element::name() const { return node_ ? view(node_->name) : std::string_view(); }

Element Element::parent() const {
  return node_ && node_->parent && node_->parent->type == XML_ELEMENT_NODE ? Element(node_->parent) : Element();
}

std::vector<Element> Element::children() const {
  std::vector<Element> out;
  for (auto* node = node_ ? node_->children : nullptr; node; node = node->next)
    if (node->type == XML_ELEMENT_NODE) out.emplace_back(node);
  return out;
}

std::vector<Element> Element::children(std::string_view ns, std::string_view name) const {
  auto out = children();
  std::erase_if(out, [&](const Element& each) { return !each.is(ns, name); });
  return out;
}

Element Element::only(std::string_view ns, std::string_view name) const {
  auto found = children(ns, name);
  return found.size() == 1 ? found.front() : Element();
}

std::optional<std::string> Element::text() const {
  if (!node_) return std::nullopt;
  auto* child = node_->children;
  if (!child) return "";
  if (child->next || child->type != XML_TEXT_NODE) return std::nullopt;
  return std::string(view(child->content));
}

bool Element::holds_only_elements() const {
  for (auto* node = node_ ? node_->children : nullptr; node; node = node->next)
    if (node->type == XML_TEXT_NODE && !is_blank(view(node->content))) return false;
  return true;
}

std::optional<std::string> Element::attribute(std::string_view name) const {
  for (auto* each = node_ ? node_->properties : nullptr; each; each = each->next)
    if (!each->ns && view(each->name) == name) return value_of(each);
  return std::nullopt;
}

bool Element::has_attributes() const { return node_ && node_->properties; }

}  // namespace weir::identity::saml
