#include "app/sharing/shared_catalogs.h"

#include <gtest/gtest.h>

#include <map>

namespace weir::app {
namespace {

using Page = catalog::Page<std::string>;

// Lists of names by catalog; the token of each is the last name handed out, as the store's lists have it.
class PageOver : public testing::Test {
 protected:
  base::Result<Page> list(const std::string& catalog, const catalog::PageRequest& asked) {
    Page out;
    for (const auto& name : lists[catalog]) {
      if (name <= asked.token) continue;
      if (out.items.size() == asked.limit) {
        out.next_token = out.items.back();
        break;
      }
      out.items.push_back(name);
    }
    return out;
  }
  base::Result<Page> page(const catalog::PageRequest& asked) {
    std::vector<std::string> catalogs;
    for (const auto& [catalog, names] : lists) catalogs.push_back(catalog);
    return page_over<std::string>(catalogs, asked,
                                  [&](const auto& catalog, const auto& rest) { return list(catalog, rest); });
  }
  std::vector<std::string> all(size_t at_once) {
    std::vector<std::string> out;
    catalog::PageRequest asked{"", at_once};
    for (;;) {
      auto one = page(asked).value();
      EXPECT_LE(one.items.size(), at_once);
      EXPECT_TRUE(!one.next_token || one.items.size() == at_once) << "a short page is the last";
      out.insert(out.end(), one.items.begin(), one.items.end());
      if (!one.next_token) return out;
      EXPECT_FALSE(one.items.empty());
      asked.token = *one.next_token;
    }
  }

  std::map<std::string, std::vector<std::string>> lists = {
      {"1", {"a", "b"}}, {"2", {}}, {"3", {"c", "d", "e"}}, {"4", {}}, {"5", {"f"}}};
};

TEST_F(PageOver, EveryPageSizeEndsWithTheSameList) {
  for (size_t size : {1, 2, 3, 4, 5, 6, 7}) EXPECT_EQ(all(size).size(), 6U) << size;
  EXPECT_EQ(all(2), (std::vector<std::string>{"a", "b", "c", "d", "e", "f"}));
}

TEST_F(PageOver, ATokenNeverLeadsToNothing) {
  lists = {{"1", {"a", "b"}}, {"2", {}}};
  EXPECT_FALSE(page({"", 2})->next_token);
  lists.clear();
  EXPECT_FALSE(page({"", 2})->next_token);
}

TEST_F(PageOver, WhatGoesBetweenPagesHidesNothingElse) {
  auto token = page({"", 3})->next_token.value();  // up to c
  lists.erase("3");
  auto rest = page({token, 3}).value();
  EXPECT_EQ(rest.items, std::vector<std::string>{"f"});
  lists.clear();
  EXPECT_TRUE(page({token, 3})->items.empty());
}

TEST_F(PageOver, OtherTokensAreRefused) {
  for (const auto* token : {"%%%", "YQ", "a"}) EXPECT_FALSE(page({token, 3}).ok()) << token;
}

TEST(ShareScope, SaysWhatTheWireSays) {
  EXPECT_EQ(share_scope("FOREIGN"), ShareScope::foreign);
  EXPECT_EQ(share_scope("ALL"), ShareScope::all);
  EXPECT_EQ(share_scope("FEDERATED"), ShareScope::federated);
  EXPECT_EQ(share_scope(std::nullopt), ShareScope::own);
}

}  // namespace
}  // namespace weir::app
