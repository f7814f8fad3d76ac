#include "app/canvas/graphics_api.h"

#include <gtest/gtest.h>

#include <QApplication>

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    const QApplication application(argc, argv);
    crystallite::chooseGraphicsApi();
    return RUN_ALL_TESTS();
}
