#include "workflow/path.h"

#include <algorithm>

#include "workflow/limits.h"
#include "workflow/path_filter.h"
#include "workflow/path_parser.h"
#include "workflow/states_error.h"

namespace weir::workflow {
namespace {

using Found = std::vector<const Json*>;

bool is_single(const PathStep& step) {
  if (step.deep) return false;
  if (step.kind == PathStep::Kind::names) return step.names.size() == 1;
  return step.kind == PathStep::Kind::length || (step.kind == PathStep::Kind::indexes && step.indexes.size() == 1);
}

base::Error too_much(const Path& path) {
  return runtime_error("The JSONPath '" + path.text() + "' looks at more values than are allowed");
}

template <class Visit>
void each_child(const Json& value, Visit visit) {
  if (auto* array = value.as_array())
    for (auto& item : *array) visit(item);
  if (auto* object = value.as_object())
    for (auto& [name, member] : *object) visit(member);
}

// One step from one value to the values it selects there.
class Stepping {
 public:
  Stepping(const PathStep& step, PathWalk& walk) : step_(step), walk_(walk) {}

  Status from(const Json& at, Found& out) {
    WEIR_CHECK_OK(spend());
    WEIR_CHECK_OK(here(at, out));
    if (!step_.deep) return {};
    Status status;
    each_child(at, [&](const Json& child) {
      if (status.ok()) status = from(child, out);
    });
    return status;
  }

 private:
  Status spend() {
    if (walk_.left == 0) return runtime_error("a path looks at more values than are allowed");
    --walk_.left;
    return {};
  }

  Status here(const Json& at, Found& out) {
    switch (step_.kind) {
      case PathStep::Kind::names: return names(at, out), Status();
      case PathStep::Kind::every: return every(at, out);
      case PathStep::Kind::indexes: return indexes(at, out), Status();
      case PathStep::Kind::slice: return slice(at, out), Status();
      case PathStep::Kind::filter: return filter(at, out);
      case PathStep::Kind::length: break;  // of the whole selection; find() answers it
    }
    return {};
  }

  void names(const Json& at, Found& out) {
    for (auto& name : step_.names)
      if (auto* member = at.find(name)) out.push_back(member);
  }

  Status every(const Json& at, Found& out) {
    Status status;
    each_child(at, [&](const Json& child) {
      if (status.ok()) status = spend();
      out.push_back(&child);
    });
    return status;
  }

  void indexes(const Json& at, Found& out) {
    auto* array = at.as_array();
    if (!array) return;
    auto size = static_cast<int64_t>(array->size());
    for (auto index : step_.indexes) {
      auto place = index < 0 ? index + size : index;
      if (place >= 0 && place < size) out.push_back(&(*array)[static_cast<size_t>(place)]);
    }
  }

  void slice(const Json& at, Found& out) {
    auto* array = at.as_array();
    if (!array) return;
    auto size = static_cast<int64_t>(array->size());
    auto place = [&](int64_t index) { return std::clamp<int64_t>(index < 0 ? index + size : index, 0, size); };
    for (auto i = place(step_.from.value_or(0)), to = place(step_.to.value_or(size)); i < to; i += step_.by)
      out.push_back(&(*array)[static_cast<size_t>(i)]);
  }

  // As in Jayway's: an object is asked itself, an array item by item; below `..` every value once.
  Status filter(const Json& at, Found& out) {
    Status status;
    auto ask = [&](const Json& candidate) {
      if (status.ok()) status = spend();
      if (!status.ok()) return;
      auto pass = passes(*step_.filter, candidate, walk_);
      if (!pass.ok()) {
        status = std::move(pass).error();
      } else if (*pass) {
        out.push_back(&candidate);
      }
    };
    if (step_.deep || at.as_object()) return ask(at), status;
    if (auto* array = at.as_array())
      for (auto& item : *array) ask(item);
    return status;
  }

  const PathStep& step_;
  PathWalk& walk_;
};

std::optional<Json> length_of(const Json& value) {
  if (auto* array = value.as_array()) return Json(static_cast<int64_t>(array->size()));
  if (auto* object = value.as_object()) return Json(static_cast<int64_t>(object->size()));
  if (auto* text = value.as_string()) return Json(static_cast<int64_t>(text->size()));
  return std::nullopt;
}

Result<Json> copied(const Path& path, const Found& found) {
  Json::Array out;
  size_t bytes = 0;
  for (auto* value : found) {
    bytes += json_bytes(*value);
    if (bytes > kIntrinsicBytesMax) return too_much(path);
    out.push_back(*value);
  }
  return Json(std::move(out));
}

}  // namespace

Result<Path> Path::parse(std::string_view text) {
  PathParser parser(text);
  WEIR_TRY(auto path, parser.path());
  if (!parser.at_end()) return parser.wrong("the path should end");
  if (path.root() == Root::current) return base::invalid("a path begins with '$'", "path");
  return path;
}

bool Path::is_definite() const { return std::all_of(steps_.begin(), steps_.end(), is_single); }

bool Path::is_reference() const {
  auto plain = [](const PathStep& step) {
    return is_single(step) && step.kind != PathStep::Kind::length &&
           (step.indexes.empty() || step.indexes.front() >= 0);
  };
  return root_ == Root::input && std::all_of(steps_.begin(), steps_.end(), plain);
}

Result<std::optional<Json>> Path::find(const Json& at, const Json& document) const {
  PathWalk walk{document, kPathNodesMax};
  return find_within(*this, at, walk);
}

Result<std::optional<Json>> find_within(const Path& path, const Json& at, PathWalk& walk) {
  Found found{&at};
  bool counts = !path.steps().empty() && path.steps().back().kind == PathStep::Kind::length;
  for (auto& step : path.steps()) {
    if (step.kind == PathStep::Kind::length) break;
    Found next;
    for (auto* value : found) WEIR_CHECK_OK(Stepping(step, walk).from(*value, next));
    found = std::move(next);
  }
  if (path.is_definite()) {
    if (found.empty()) return std::optional<Json>();
    return counts ? length_of(*found[0]) : std::optional<Json>(*found[0]);
  }
  if (counts) return std::optional<Json>(Json(static_cast<int64_t>(found.size())));
  WEIR_TRY(auto all, copied(path, found));
  return std::optional<Json>(std::move(all));
}

}  // namespace weir::workflow
